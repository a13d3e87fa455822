// Electron where there is none: the parts Docket uses, behaving as documented. Messages are really cloned and ports really
// carry them; the core's process runs in this one.
//
//   vi.mock('electron', async () => import('../../support/electron-stand-in.ts'));

import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';

export class MessagePortMain extends EventEmitter {
  readonly #port: MessagePort;

  constructor(port: MessagePort) {
    super();
    this.#port = port;
    port.on('close', () => this.emit('close'));
  }

  postMessage(message: unknown): void {
    this.#port.postMessage(message);
  }

  /** Messages wait until now, as in Electron. */
  start(): void {
    this.#port.on('message', (data: unknown) => this.emit('message', { data, ports: [] }));
  }

  close(): void {
    this.#port.close();
  }
}

export class MessageChannelMain {
  readonly port1: MessagePortMain;
  readonly port2: MessagePortMain;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new MessagePortMain(port1);
    this.port2 = new MessagePortMain(port2);
  }
}

/** The child's end: `process.parentPort`. */
export class ParentPort extends EventEmitter {
  readonly #child: UtilityProcess;

  constructor(child: UtilityProcess) {
    super();
    this.#child = child;
  }

  postMessage(message: unknown): void {
    const copy: unknown = structuredClone(message);
    queueMicrotask(() => this.#child.emit('message', copy));
  }
}

export class UtilityProcess extends EventEmitter {
  readonly parentPort = new ParentPort(this);
  isRunning = true;

  postMessage(message: unknown, ports: readonly MessagePortMain[] = []): void {
    const copy: unknown = structuredClone(message);
    queueMicrotask(() => {
      if (this.isRunning) this.parentPort.emit('message', { data: copy, ports });
    });
  }

  kill(): boolean {
    this.end(15);
    return true;
  }

  end(code: number): void {
    if (!this.isRunning) return;
    this.isRunning = false;
    queueMicrotask(() => this.emit('exit', code));
  }
}

export const forked: UtilityProcess[] = [];

/** What the forked entry does; a test sets it. */
export const coreEntry: { run: (child: UtilityProcess) => void } = { run: () => undefined };

export const utilityProcess = {
  fork(): UtilityProcess {
    const child = new UtilityProcess();
    forked.push(child);
    coreEntry.run(child);
    return child;
  },
};

export class NativeImage {
  readonly of: string;

  constructor(of: string) {
    this.of = of;
  }

  isEmpty(): boolean {
    return this.of === '';
  }
}

export const nativeImage = {
  createFromDataURL: (url: string) => new NativeImage(url),
};

class App extends EventEmitter {
  isPackaged = false;
  hasLock = true;
  quits = 0;
  paths: Record<string, string> = {};
  readonly schemes: string[] = [];
  /** Icons the system has, by the end of the path; others it has none for. */
  icons: Record<string, NativeImage> = {};

  getPath(name: string): string {
    return this.paths[name] ?? `/nowhere/${name}`;
  }

  setPath(name: string, path: string): void {
    this.paths[name] = path;
  }

  getFileIcon(path: string): Promise<NativeImage> {
    const icon = this.icons[path.slice(path.lastIndexOf('.'))];
    return icon === undefined ? Promise.reject(new Error('No icon')) : Promise.resolve(icon);
  }

  requestSingleInstanceLock(): boolean {
    return this.hasLock;
  }

  setAsDefaultProtocolClient(scheme: string): boolean {
    this.schemes.push(scheme);
    return true;
  }

  whenReady(): Promise<void> {
    return Promise.resolve();
  }

  quit(): void {
    this.quits += 1;
  }
}

export const app = new App();

export const ipcMain = new EventEmitter();

export interface Frame {
  url: string;
  postMessage(channel: string, message: unknown, ports: readonly MessagePortMain[]): void;
}

export class WebContents extends EventEmitter {
  readonly posted: { channel: string; ports: readonly MessagePortMain[] }[] = [];
  readonly said: { channel: string; message: unknown }[] = [];
  readonly downloaded: string[] = [];
  readonly dragged: { file: string; files: readonly string[]; icon: NativeImage }[] = [];
  readonly mainFrame: Frame;
  openWindow: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });

  constructor(url = 'app://docket/') {
    super();
    this.mainFrame = {
      url,
      postMessage: (channel, _message, ports) => this.posted.push({ channel, ports }),
    };
  }

  getURL(): string {
    return this.mainFrame.url;
  }

  postMessage(channel: string, _message: unknown, ports: readonly MessagePortMain[]): void {
    this.posted.push({ channel, ports });
  }

  send(channel: string, message: unknown): void {
    this.said.push({ channel, message });
  }

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openWindow = handler;
  }

  /** Electron throws where the picture under the pointer is empty. */
  startDrag(item: { file: string; files: readonly string[]; icon: NativeImage }): void {
    if (item.icon.isEmpty()) throw new Error('Must specify non-empty icon');
    this.dragged.push(item);
  }

  downloadURL(url: string): void {
    this.downloaded.push(url);
  }
}

interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

export class BrowserWindow extends EventEmitter {
  static readonly opened: BrowserWindow[] = [];
  readonly webContents = new WebContents();
  readonly loaded: string[] = [];
  readonly options: Record<string, unknown>;
  isMaximizedNow = false;
  isMinimizedNow = false;
  focused = 0;

  constructor(options: Record<string, unknown>) {
    super();
    this.options = options;
    BrowserWindow.opened.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }

  static focusedWindow: BrowserWindow | null = null;

  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.focusedWindow;
  }

  static getAllWindows(): BrowserWindow[] {
    return BrowserWindow.opened;
  }

  loadURL(url: string): Promise<void> {
    this.loaded.push(url);
    return Promise.resolve();
  }

  getNormalBounds(): Bounds {
    return { x: 10, y: 20, width: 1000, height: 700 };
  }

  isMaximized(): boolean {
    return this.isMaximizedNow;
  }

  maximize(): void {
    this.isMaximizedNow = true;
  }

  isMinimized(): boolean {
    return this.isMinimizedNow;
  }

  restore(): void {
    this.isMinimizedNow = false;
  }

  show(): void {
    this.emit('show');
  }

  focus(): void {
    this.focused += 1;
  }
}

export const screen = {
  getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }],
};

export const opened: string[] = [];
export const shell = {
  openExternal(url: string): Promise<void> {
    opened.push(url);
    return Promise.resolve();
  },
  /** Electron answers with what went wrong, '' where nothing did. */
  openPath(path: string): Promise<string> {
    opened.push(path);
    return Promise.resolve('');
  },
};

type Check = (contents: WebContents | null, permission: string, origin: string) => boolean;
type Ask = (
  contents: WebContents,
  permission: string,
  grant: (granted: boolean) => void,
) => unknown;

/** Electron grants everything until it is told otherwise. */
export class Session {
  check: Check = () => true;
  ask: Ask = (_contents, _permission, grant) => grant(true);
  device: () => boolean = () => true;

  setPermissionCheckHandler(handler: Check): void {
    this.check = handler;
  }

  setPermissionRequestHandler(handler: Ask): void {
    this.ask = handler;
  }

  setDevicePermissionHandler(handler: () => boolean): void {
    this.device = handler;
  }
}

export const session = { defaultSession: new Session() };

export const protocol = {
  schemes: [] as { scheme: string; privileges: Record<string, boolean> }[],
  handlers: new Map<string, (request: Request) => Promise<Response>>(),
  registerSchemesAsPrivileged(schemes: { scheme: string; privileges: Record<string, boolean> }[]) {
    this.schemes.push(...schemes);
  },
  handle(scheme: string, handler: (request: Request) => Promise<Response>) {
    this.handlers.set(scheme, handler);
  },
};

/** Not a cipher: turned around, so that a test sees whether plain text reached the disk. */
export const safeStorage = {
  key: 'first',
  encryptStringAsync(text: string): Promise<Buffer> {
    const turned = [...text].reverse().join('');
    return Promise.resolve(Buffer.from(`${this.key}:${turned}`));
  },
  decryptStringAsync(sealed: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
    const [key, turned] = sealed.toString('utf8').split(':', 2);
    if (key !== this.key || turned === undefined) return Promise.reject(new Error('Wrong key'));
    return Promise.resolve({ result: [...turned].reverse().join(''), shouldReEncrypt: false });
  },
};

export const errorBoxes: { title: string; content: string }[] = [];
export const dialog = {
  showErrorBox(title: string, content: string): void {
    errorBoxes.push({ title, content });
  },
};

interface MenuItem {
  readonly role?: string;
  readonly label?: string;
  readonly submenu?: readonly MenuItem[];
}

export const menuShown: MenuItem[] = [];
export const Menu = {
  buildFromTemplate: (template: MenuItem[]) => template,
  setApplicationMenu(menu: MenuItem[]): void {
    menuShown.splice(0, menuShown.length, ...menu);
  },
};
