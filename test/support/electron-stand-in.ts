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
  relaunches = 0;
  releasedLocks = 0;
  isReadyNow = true;
  badgeCount = 0;
  languages: readonly string[] = [];
  readonly dock = {
    menus: [] as MenuItem[][],
    setMenu(menu: MenuItem[]): void {
      this.menus.push(menu);
    },
  };
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

  isReady(): boolean {
    return this.isReadyNow;
  }

  getVersion(): string {
    return '0.1.0';
  }

  setAppUserModelId(): void {
    return;
  }

  setBadgeCount(count: number): boolean {
    this.badgeCount = count;
    return true;
  }

  getPreferredSystemLanguages(): readonly string[] {
    return this.languages;
  }

  releaseSingleInstanceLock(): void {
    this.releasedLocks += 1;
  }

  relaunch(): void {
    this.relaunches += 1;
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
  readonly replaced: string[] = [];
  reloads = 0;
  readonly session = session.defaultSession;
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

  reload(): void {
    this.reloads += 1;
  }

  replaceMisspelling(word: string): void {
    this.replaced.push(word);
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
  overlay: { picture: NativeImage | null; description: string } | undefined;

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
    this.webContents.mainFrame.url = url;
    return Promise.resolve();
  }

  /** As a person does by its cross. */
  close(): void {
    this.emit('close');
    BrowserWindow.opened.splice(BrowserWindow.opened.indexOf(this), 1);
    this.emit('closed');
    if (BrowserWindow.opened.length === 0) app.emit('window-all-closed');
  }

  setOverlayIcon(picture: NativeImage | null, description: string): void {
    this.overlay = { picture, description };
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
    this.emit('focus');
  }
}

interface NotificationOptions {
  readonly id?: string;
  readonly title: string;
  readonly body: string;
  readonly hasReply?: boolean;
  readonly replyPlaceholder?: string;
}

/** Stands where the system shows it until it is closed, by the program or by a person. */
export class Notification extends EventEmitter {
  static isSupportedNow = true;
  static readonly standing: Notification[] = [];
  static activated: (details: { type: string; reply?: string }) => void = () => undefined;
  readonly id: string;
  readonly options: NotificationOptions;

  constructor(options: NotificationOptions) {
    super();
    this.options = options;
    this.id = options.id ?? '';
  }

  static isSupported(): boolean {
    return Notification.isSupportedNow;
  }

  /** On a Mac: those of earlier runs, too. */
  static getHistory(): Promise<Notification[]> {
    return Promise.resolve([...Notification.standing]);
  }

  /** On Windows: of whatever the system shows, also of an earlier run. */
  static handleActivation(callback: (details: { type: string; reply?: string }) => void): void {
    Notification.activated = callback;
  }

  show(): void {
    Notification.standing.push(this);
    this.emit('show', {});
  }

  close(): void {
    const place = Notification.standing.indexOf(this);
    if (place >= 0) Notification.standing.splice(place, 1);
  }

  /** A person types into it. */
  type(reply: string): void {
    this.emit('reply', { reply }, reply);
  }
}

/** A Linux desktop without a place for it may throw. */
export class Tray extends EventEmitter {
  static readonly made: Tray[] = [];
  static canBeMade = true;
  menu: MenuItem[] = [];
  toolTip = '';
  readonly image: NativeImage;

  constructor(image: NativeImage) {
    super();
    if (!Tray.canBeMade) throw new Error('No tray');
    this.image = image;
    Tray.made.push(this);
  }

  setContextMenu(menu: MenuItem[]): void {
    this.menu = menu;
  }

  setToolTip(words: string): void {
    this.toolTip = words;
  }
}

export const clipboard = {
  text: '',
  writeText(text: string): Promise<void> {
    this.text = text;
    return Promise.resolve();
  },
};

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
  availableSpellCheckerLanguages = ['de', 'en-GB', 'en-US', 'fr', 'pt-BR'];
  spellCheckerLanguages: readonly string[] = [];
  readonly learned: string[] = [];

  setSpellCheckerLanguages(languages: readonly string[]): void {
    this.spellCheckerLanguages = languages;
  }

  addWordToSpellCheckerDictionary(word: string): boolean {
    this.learned.push(word);
    return true;
  }

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

export interface MenuItem {
  readonly role?: string;
  readonly type?: string;
  readonly label?: string;
  readonly accelerator?: string;
  readonly registerAccelerator?: boolean;
  readonly submenu?: readonly MenuItem[];
  readonly click?: () => void;
}

export const menuShown: MenuItem[] = [];
/** Menus at the pointer. */
export const poppedUp: MenuItem[][] = [];
export const Menu = {
  buildFromTemplate: (template: MenuItem[]) =>
    Object.defineProperty(template, 'popup', { value: () => poppedUp.push(template) }),
  setApplicationMenu(menu: MenuItem[]): void {
    menuShown.splice(0, menuShown.length, ...menu);
  },
};
