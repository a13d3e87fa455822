// The main process's handle on the core: starts it, starts it again where it fails, and hands it windows and files.

import { isAbsolute, relative } from 'node:path';
import {
  MessageChannelMain,
  type MessagePortMain,
  utilityProcess,
  type UtilityProcess,
} from 'electron';
import type { DesktopAct, DesktopState } from '../core/api/desktop-contract.ts';
import type { AddFileResult, FileForm } from '../core/api/files-contract.ts';
import type { LogLine, Secrets } from '../core/host.ts';
import { ByteChannel } from './byte-channel.ts';
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

export interface CoreProgramParts {
  /** The built `core-process.js`. */
  readonly entry: string;
  readonly settings: CoreSettings;
  readonly secrets: Secrets;
  /** Opens a file of Docket's own folder with the system's program; answers whether one took it. */
  openPath(path: string): Promise<boolean>;
  /** Lets a person drag files of Docket's own folder out of the window; answers whether the system took the drag. */
  startDrag(paths: readonly string[]): Promise<boolean>;
  /** What the desktop can do, for the core to tell of. */
  desktop(): DesktopState;
  /** What a person asked of the desktop. */
  onDesktopAct(act: DesktopAct): void;
  log(line: LogLine): void;
  /** A fresh process runs: every window needs a new line to it. */
  onRestart(): void;
  /** The core cannot run; `sentence` is for a person. Said once, and nothing is tried any more. */
  onGivenUp(sentence: string): void;
}

export interface OpenedFile extends FileDescription {
  readonly bytes: AsyncGenerator<Uint8Array>;
}

/** The core said no. The message is a sentence for a person. */
export class CoreRefused extends Error {
  override readonly name = 'CoreRefused';
  readonly error: string;

  constructor(error: string, sentence: string) {
    super(sentence);
    this.error = error;
  }
}

/** glibc keeps what threads have freed, once for each of up to eight a core; photos are large. Others do not know the name. */
const FEW_ARENAS = { MALLOC_ARENA_MAX: '2' };
/** More ends than this, each soon after a start, are no accident any more. */
const MAX_QUICK_ENDS = 3;
const QUICK_END_MS = 60_000;
const STOP_WITHIN_MS = 1500;

export class CoreProgram {
  readonly #parts: CoreProgramParts;
  #process: UtilityProcess;
  #startedAt = 0;
  #quickEnds = 0;
  #isOver = false;

  constructor(parts: CoreProgramParts) {
    this.#parts = parts;
    this.#process = this.#fork();
  }

  /** The other end of a window's line to the core. */
  openLine(): MessagePortMain {
    const { port1, port2 } = new MessageChannelMain();
    this.#post({ kind: 'window' }, port1);
    return port2;
  }

  /** What the desktop can do has changed. */
  tellDesktop(): void {
    if (!this.#isOver) this.#post({ kind: 'desktop', state: this.#parts.desktop() });
  }

  /** @throws CoreRefused */
  async addFile(name: string, bytes: AsyncIterable<Uint8Array>): Promise<AddFileResult> {
    const channel = this.#openChannel({ kind: 'add-file', name });
    try {
      // The core may say no before it has seen all bytes; then sending ends early, and its answer follows.
      await channel.send(bytes);
      return valueOf((await channel.next()) as FileAnswer<AddFileResult>);
    } finally {
      channel.close();
    }
  }

  /** The bytes must be read to their end or returned, else the port stays open. @throws CoreRefused */
  async openFile(door: FileDoor, id: string, form: FileForm = 'original'): Promise<OpenedFile> {
    const channel = this.#openChannel({ kind: 'open-file', door, id, form });
    try {
      const description = valueOf((await channel.next()) as FileAnswer<FileDescription>);
      return { ...description, bytes: closingAfter(channel) };
    } catch (error) {
      channel.close();
      throw error;
    }
  }

  /** Ends the core's process. What it had accepted is on the disk, so one that does not answer is cut off. [F1] */
  async stop(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    const process = this.#process;
    await new Promise<void>((resolve) => {
      const cutOff = setTimeout(() => process.kill(), STOP_WITHIN_MS);
      process.once('exit', () => {
        clearTimeout(cutOff);
        resolve();
      });
      this.#post({ kind: 'close' });
    });
  }

  #fork(): UtilityProcess {
    const child = utilityProcess.fork(this.#parts.entry, [], {
      serviceName: 'Docket core',
      env: { ...process.env, ...FEW_ARENAS },
    });
    child.on('message', (message: FromCoreProcess) => this.#receive(child, message));
    // Thrown where nobody listens; what becomes of it is the exit's business.
    child.on('error', (type, location) =>
      this.#parts.log({ level: 'error', event: 'core-process-broke', details: { type, location } }),
    );
    child.once('exit', (code) => this.#ended(code));
    this.#process = child;
    this.#startedAt = Date.now();
    this.#post({ kind: 'desktop', state: this.#parts.desktop() });
    this.#post({ kind: 'start', settings: this.#parts.settings });
    return child;
  }

  #receive(child: UtilityProcess, message: FromCoreProcess): void {
    switch (message.kind) {
      case 'not-started':
        this.#giveUp(message.sentence);
        break;
      case 'secret':
        void answerSecret(this.#parts.secrets, message.wish).then((answer) =>
          child.postMessage({ kind: 'secret', id: message.id, answer } satisfies ToCoreProcess),
        );
        break;
      case 'open-path':
        void this.#inside([message.path], () => this.#parts.openPath(message.path)).then((isDone) =>
          child.postMessage({
            kind: 'path-opened',
            id: message.id,
            isDone,
          } satisfies ToCoreProcess),
        );
        break;
      case 'start-drag':
        void this.#inside(message.paths, () => this.#parts.startDrag(message.paths)).then(
          (isDone) =>
            child.postMessage({
              kind: 'drag-started',
              id: message.id,
              isDone,
            } satisfies ToCoreProcess),
        );
        break;
      case 'desktop-act':
        this.#parts.onDesktopAct(message.act);
        break;
      case 'log':
        this.#parts.log(message.line);
        break;
    }
  }

  /** Only copies that Docket itself laid down leave it, whatever the core's process asks for. */
  async #inside(paths: readonly string[], act: () => Promise<boolean>): Promise<boolean> {
    const { dataFolder } = this.#parts.settings;
    if (!paths.every((path) => isInside(dataFolder, path))) return false;
    try {
      return await act();
    } catch {
      return false;
    }
  }

  #ended(code: number): void {
    if (this.#isOver) return;
    this.#parts.log({ level: 'error', event: 'core-process-ended', details: { code } });
    this.#quickEnds = Date.now() - this.#startedAt < QUICK_END_MS ? this.#quickEnds + 1 : 0;
    if (this.#quickEnds > MAX_QUICK_ENDS) {
      this.#giveUp(
        'Docket’s core stopped again and again. Nothing you wrote is lost. Restart Docket.',
      );
      return;
    }
    this.#fork();
    this.#parts.onRestart();
  }

  #giveUp(sentence: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#process.kill();
    this.#parts.onGivenUp(sentence);
  }

  #openChannel(message: ToCoreProcess): ByteChannel {
    const { port1, port2 } = new MessageChannelMain();
    this.#post(message, port1);
    return new ByteChannel(port2);
  }

  #post(message: ToCoreProcess, ...ports: MessagePortMain[]): void {
    this.#process.postMessage(message, ports);
  }
}

async function* closingAfter(channel: ByteChannel): AsyncGenerator<Uint8Array> {
  try {
    yield* channel.receive();
  } finally {
    channel.close();
  }
}

function valueOf<Value>(answer: FileAnswer<Value>): Value {
  if (answer.kind === 'answer') return answer.value;
  throw new CoreRefused(answer.error, answer.sentence);
}

function isInside(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return !inside.startsWith('..') && !isAbsolute(inside);
}

async function answerSecret(secrets: Secrets, wish: SecretWish): Promise<SecretAnswer> {
  try {
    switch (wish.kind) {
      case 'read':
        return { kind: 'done', value: (await secrets.read(wish.name)) ?? null };
      case 'write':
        await secrets.write(wish.name, wish.value);
        return { kind: 'done', value: null };
      case 'remove':
        await secrets.remove(wish.name);
        return { kind: 'done', value: null };
    }
  } catch {
    return { kind: 'failed' };
  }
}
