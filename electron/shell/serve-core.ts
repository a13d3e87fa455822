// The core's side of the process it runs in: starts the core on request and hands it windows and files.

import { randomBytes } from 'node:crypto';
import { AppError, type Core, type CorePort, type startCore } from '../core/core.ts';
import type { Clock, Desktop, Host, Secrets } from '../core/host.ts';
import { fromStore } from '../core/random-store.ts';
import { ByteChannel, type BytePort } from './byte-channel.ts';
import type { DesktopState } from '../core/api/desktop-contract.ts';
import type { FileForm } from '../core/api/files-contract.ts';
import type {
  CoreSettings,
  FileAnswer,
  FileDescription,
  FileDoor,
  FromCoreProcess,
  SecretAnswer,
  SecretWish,
  ToCoreProcess,
} from './core-messages.ts';

/** Electron's `process.parentPort`, as far as it is used. */
export interface MainPort {
  on(
    event: 'message',
    listener: (event: { readonly data: unknown; readonly ports: readonly BytePort[] }) => void,
  ): unknown;
  postMessage(message: FromCoreProcess): void;
}

export interface ServeCoreParts {
  readonly main: MainPort;
  readonly startCore: typeof startCore;
  /** The bundle of the threads that look into files. */
  readonly fileProgram?: string;
  /** The bundle of the thread that prints copies of jobs. */
  readonly printProgram?: string;
  /** Ends this process. */
  exit(): void;
}

export function serveCore({ main, startCore, exit, ...programs }: ServeCoreParts): void {
  const secrets = new RemoteSecrets((id, wish) => main.postMessage({ kind: 'secret', id, wish }));
  const opening = new RemoteActs<string>(
    (id, path) => main.postMessage({ kind: 'open-path', id, path }),
    'No program of this computer opened the file.',
  );
  const dragging = new RemoteActs<readonly string[]>(
    (id, paths) => main.postMessage({ kind: 'start-drag', id, paths }),
    'The system began no drag.',
  );
  const desktop = new RemoteDesktop((act) => main.postMessage({ kind: 'desktop-act', act }));
  let core: Promise<Core> | undefined;

  async function start(settings: CoreSettings): Promise<Core> {
    const host: Host = {
      dataFolder: settings.dataFolder,
      homeFolder: settings.homeFolder,
      deviceName: settings.deviceName,
      clock: systemClock,
      secrets,
      randomBytes: fromStore(randomBytes),
      openPath: (path) => opening.ask(path),
      startDrag: (paths) => dragging.ask(paths),
      ...(desktop.isKnown && { desktop }),
      log: (line) => main.postMessage({ kind: 'log', line }),
      ...programs,
    };
    try {
      return await startCore(host, settings.defaultServerUrl);
    } catch (error) {
      const sentence =
        error instanceof AppError ? error.message : `Docket could not start: ${String(error)}`;
      main.postMessage({ kind: 'not-started', sentence });
      throw error;
    }
  }

  /** Windows and files that come while the core still starts wait for it; where it did not start, the main process was told why. */
  async function withCore(use: (started: Core) => unknown): Promise<void> {
    const started = await core?.catch(() => undefined);
    if (started === undefined) return;
    try {
      await use(started);
    } catch (error) {
      const details = { error: String(error).slice(0, 300) };
      main.postMessage({ kind: 'log', line: { level: 'error', event: 'exchange-broke', details } });
    }
  }

  main.on('message', ({ data, ports }) => {
    const message = data as ToCoreProcess;
    const port = ports[0];
    switch (message.kind) {
      case 'start':
        core = start(message.settings);
        // Waited for wherever it is used; until then a failed start is no unhandled one.
        core.catch(() => undefined);
        break;
      case 'desktop':
        desktop.tell(message.state);
        break;
      case 'secret':
        secrets.answer(message.id, message.answer);
        break;
      case 'path-opened':
        opening.answer(message.id, message.isDone);
        break;
      case 'drag-started':
        dragging.answer(message.id, message.isDone);
        break;
      case 'close':
        void withCore((started) => started.close()).finally(exit);
        break;
      case 'window':
        if (port !== undefined) void withCore((started) => started.connect(corePort(port)));
        break;
      case 'add-file':
        if (port !== undefined)
          void withCore((started) => takeFile(started, message.name, new ByteChannel(port)));
        break;
      case 'open-file':
        if (port !== undefined)
          void withCore((started) => giveFile(started, message, new ByteChannel(port)));
        break;
    }
  });
}

const systemClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

function corePort(port: BytePort): CorePort {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', ({ data }) => listener(data));
      port.start();
    },
    onClose: (listener) => port.on('close', listener),
  };
}

async function takeFile(core: Core, name: string, channel: ByteChannel): Promise<void> {
  const answer = await answerOf(() => core.addFile(name, channel.receive()));
  channel.post(answer);
}

async function giveFile(
  core: Core,
  { door, id, form }: Extract<ToCoreProcess, { readonly kind: 'open-file' }>,
  channel: ByteChannel,
): Promise<void> {
  const opened = await answerOf(() => openThrough(core, door, { id, form }));
  if (opened.kind === 'failed') {
    channel.post(opened);
    return;
  }
  const { name, mediaType, sizeBytes, bytes } = opened.value;
  const value: FileDescription = { name, mediaType, sizeBytes };
  channel.post({ kind: 'answer', value } satisfies FileAnswer<FileDescription>);
  await channel.send(bytes);
}

function openThrough(
  core: Core,
  door: FileDoor,
  { id, form }: { readonly id: string; readonly form: FileForm },
) {
  switch (door) {
    case 'attachment':
      return core.openAttachment(id, form);
    case 'draft-file':
      return core.openDraftFile(id, form);
    case 'inbox-file':
      return core.openInboxFile(id);
    case 'zip':
      return core.openZip(id);
    case 'export':
      return core.openExport(id);
  }
}

async function answerOf<Value>(ask: () => Promise<Value>): Promise<FileAnswer<Value>> {
  try {
    return { kind: 'answer', value: await ask() };
  } catch (error) {
    if (error instanceof AppError)
      return { kind: 'failed', error: error.kind, sentence: error.message };
    const sentence = 'Something went wrong inside Docket. Try again.';
    return { kind: 'failed', error: 'broke', sentence };
  }
}

/** The keychain is reached from the main process alone, so every secret is asked for there. */
class RemoteSecrets implements Secrets {
  readonly #ask: (id: number, wish: SecretWish) => void;
  readonly #open = new Map<number, (answer: SecretAnswer) => void>();
  #lastId = 0;

  constructor(ask: (id: number, wish: SecretWish) => void) {
    this.#ask = ask;
  }

  answer(id: number, answer: SecretAnswer): void {
    this.#open.get(id)?.(answer);
    this.#open.delete(id);
  }

  async read(name: string): Promise<string | undefined> {
    return (await this.#wish({ kind: 'read', name })) ?? undefined;
  }

  async write(name: string, value: string): Promise<void> {
    await this.#wish({ kind: 'write', name, value });
  }

  async remove(name: string): Promise<void> {
    await this.#wish({ kind: 'remove', name });
  }

  #wish(wish: SecretWish): Promise<string | null> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#open.set(id, (answer) => {
        if (answer.kind === 'done') resolve(answer.value);
        else reject(new Error('The keychain of this computer did not answer.'));
      });
      this.#ask(id, wish);
    });
  }
}

/** The desktop is the main process's; what it can do is told here, and what a person asks of it is passed on. */
class RemoteDesktop implements Desktop {
  readonly act: Desktop['act'];
  readonly #listeners = new Set<() => void>();
  #state: DesktopState | undefined;

  constructor(act: Desktop['act']) {
    this.act = act;
  }

  get isKnown(): boolean {
    return this.#state !== undefined;
  }

  get state(): DesktopState {
    if (this.#state === undefined) throw new Error('The main process tells of the desktop first.');
    return this.#state;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  tell(state: DesktopState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

/** What only the main process may do: other programs and the system's drag are out of this one's reach. */
class RemoteActs<Subject> {
  readonly #tell: (id: number, subject: Subject) => void;
  readonly #refusal: string;
  readonly #open = new Map<number, (isDone: boolean) => void>();
  #lastId = 0;

  constructor(tell: (id: number, subject: Subject) => void, refusal: string) {
    this.#tell = tell;
    this.#refusal = refusal;
  }

  answer(id: number, isDone: boolean): void {
    this.#open.get(id)?.(isDone);
    this.#open.delete(id);
  }

  ask(subject: Subject): Promise<void> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#open.set(id, (isDone) => {
        if (isDone) resolve();
        else reject(new Error(this.#refusal));
      });
      this.#tell(id, subject);
    });
  }
}
