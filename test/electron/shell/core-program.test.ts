import { setImmediate as nextTurn } from 'node:timers/promises';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { beforeEach, expect, test, vi } from 'vitest';
import { AppError, type Core, type startCore } from '../../../electron/core/core.ts';
import type { Host } from '../../../electron/core/host.ts';
import type { DesktopAct, DesktopState } from '../../../electron/core/api/desktop-contract.ts';
import type { AddFileResult } from '../../../electron/core/api/files-contract.ts';
import { CoreProgram, CoreRefused } from '../../../electron/shell/core-program.ts';
import { serveCore } from '../../../electron/shell/serve-core.ts';
import { coreEntry, forked, type MessagePortMain } from '../../support/electron-stand-in.ts';

vi.mock('electron', async () => import('../../support/electron-stand-in.ts'));

const DESKTOP: DesktopState = {
  version: '0.1.0',
  keepsRunning: false,
  canTell: true,
  update: { kind: 'off' },
};
const PART = new Uint8Array(64 * 1024).fill(7);

function aCore(overrides: Partial<Core> = {}): Core {
  return {
    connect: (port) =>
      port.onMessage((message) => port.post({ kind: 'update', id: 1, value: { heard: message } })),
    addFile: async (name, bytes): Promise<AddFileResult> => {
      let sizeBytes = 0;
      for await (const part of bytes) sizeBytes += part.length;
      return { kind: 'refused', name, sentence: `${sizeBytes} bytes` };
    },
    openAttachment: () => Promise.reject(new AppError('not-there')),
    openDraftFile: () => Promise.reject(new AppError('not-there')),
    openInboxFile: () => Promise.reject(new AppError('not-there')),
    openZip: () => Promise.reject(new AppError('not-there')),
    openExport: () => Promise.reject(new AppError('not-there')),
    close: () => Promise.resolve(),
    ...overrides,
  };
}

interface Started {
  readonly program: CoreProgram;
  readonly hosts: Host[];
  readonly secrets: Map<string, string>;
  readonly restarts: () => number;
  readonly givenUp: string[];
  /** Paths that other programs were asked to open. */
  readonly opened: string[];
  /** Files the system was asked to drag. */
  readonly dragged: (readonly string[])[];
  /** What a person asked of the desktop. */
  readonly acts: DesktopAct[];
}

/** A program whose process runs `core`; `start` may fail instead. */
function startProgram(core: Core, start?: typeof startCore): Started {
  const hosts: Host[] = [];
  const secrets = new Map<string, string>();
  const givenUp: string[] = [];
  const opened: string[] = [];
  const dragged: (readonly string[])[] = [];
  const acts: DesktopAct[] = [];
  let restarts = 0;
  coreEntry.run = (child) =>
    serveCore({
      main: child.parentPort,
      startCore: async (host, url) => {
        hosts.push(host);
        return start === undefined ? core : start(host, url);
      },
      exit: () => child.end(0),
    });
  const program = new CoreProgram({
    entry: 'core-process.js',
    settings: {
      dataFolder: '/data',
      homeFolder: '/home/mara',
      deviceName: 'A laptop',
      defaultServerUrl: 'http://office',
    },
    openPath: async (path) => {
      opened.push(path);
      return !path.endsWith('.odd');
    },
    startDrag: async (paths) => {
      dragged.push(paths);
      if (paths[0]?.endsWith('.odd') === true) throw new Error('No drag');
      return true;
    },
    secrets: {
      read: async (name) => secrets.get(name),
      write: async (name, value) => void secrets.set(name, value),
      remove: async (name) => void secrets.delete(name),
    },
    desktop: () => DESKTOP,
    onDesktopAct: (act) => acts.push(act),
    log: () => undefined,
    onRestart: () => {
      restarts += 1;
    },
    onGivenUp: (sentence) => givenUp.push(sentence),
  });
  return { program, hosts, secrets, restarts: () => restarts, givenUp, opened, dragged, acts };
}

async function* parts(count: number): AsyncGenerator<Uint8Array> {
  for (let made = 0; made < count; made += 1) yield PART;
}

beforeEach(() => {
  forked.length = 0;
});

test('a window talks to the core over the port it is handed', async () => {
  const { program } = startProgram(aCore());
  const line = program.openLine() as unknown as MessagePortMain;
  const heard = new Promise((resolve) => line.on('message', ({ data }) => resolve(data)));
  line.start();
  line.postMessage({ kind: 'watch', id: 1, name: 'sync', args: {} });
  expect(await heard).toMatchObject({ kind: 'update', value: { heard: { name: 'sync' } } });
});

test('a core that V8 ends, for want of memory, is started anew, and stops nothing else', async () => {
  const { restarts } = startProgram(aCore());
  // Electron tells of it as an event that Node throws where nobody listens.
  forked[0]!.emit('error', 'FatalError', 'v8::Heap', '{}');
  forked[0]!.end(134);
  await vi.waitFor(() => expect(restarts()).toBe(1));
  expect(forked).toHaveLength(2);
});

test('a file reaches the core whole, piece by piece', async () => {
  const { program } = startProgram(aCore());
  const result = await program.addFile('plan.pdf', parts(40));
  expect(result).toEqual({
    kind: 'refused',
    name: 'plan.pdf',
    sentence: `${40 * PART.length} bytes`,
  });
});

test('a file the core refuses after its first piece is not read to the end', async () => {
  const core = aCore({
    addFile: async (name, bytes) => {
      for await (const _ of bytes) break;
      return { kind: 'refused', name, sentence: 'Too large.' };
    },
  });
  let read = 0;
  async function* counted() {
    for await (const part of parts(1000)) {
      read += 1;
      yield part;
    }
  }
  const { program } = startProgram(core);
  expect(await program.addFile('film.mov', counted())).toMatchObject({ sentence: 'Too large.' });
  expect(read).toBeLessThan(4);
});

test("the core's refusal of a file comes back as its sentence, also where no byte was asked for", async () => {
  const core = aCore({ addFile: () => Promise.reject(new AppError('signed-out')) });
  const { program } = startProgram(core);
  await expect(program.addFile('plan.pdf', parts(3))).rejects.toEqual(
    new CoreRefused('signed-out', new AppError('signed-out').message),
  );
});

test('an upload that breaks off fails for both sides', async () => {
  let coreSaw: unknown;
  const core = aCore({
    addFile: async (name, bytes) => {
      try {
        for await (const _ of bytes);
      } catch (error) {
        coreSaw = error;
        throw error;
      }
      return { kind: 'refused', name, sentence: 'Whole.' };
    },
  });
  async function* broken() {
    yield PART;
    throw new Error('The page went away');
  }
  const { program } = startProgram(core);
  await expect(program.addFile('plan.pdf', broken())).rejects.toThrow('The page went away');
  await vi.waitFor(() => expect(coreSaw).toMatchObject({ name: 'ChannelBroken' }));
});

test('an attachment comes out whole, with its name and type', async () => {
  const core = aCore({
    openAttachment: async () => ({
      name: 'wing.jpg',
      mediaType: 'image/jpeg',
      sizeBytes: 5 * PART.length,
      bytes: Readable.from(parts(5)),
    }),
  });
  const { program } = startProgram(core);
  const { bytes, ...description } = await program.openFile('attachment', 'some-id');
  expect(description).toEqual({
    name: 'wing.jpg',
    mediaType: 'image/jpeg',
    sizeBytes: 5 * PART.length,
  });
  expect(await buffer(bytes)).toEqual(Buffer.concat(Array.from({ length: 5 }, () => PART)));
});

test('no more than is asked for is read from the disk', async () => {
  let read = 0;
  async function* counted() {
    for await (const part of parts(1000)) {
      read += 1;
      yield part;
    }
  }
  const core = aCore({
    openDraftFile: async () => ({
      name: 'draft',
      mediaType: 'image/png',
      sizeBytes: 1000 * PART.length,
      bytes: Readable.from(counted(), { highWaterMark: 1 }),
    }),
  });
  const { program } = startProgram(core);
  const { bytes } = await program.openFile('draft-file', 'some-id');
  await bytes.next();
  await bytes.return(undefined);
  for (let turn = 0; turn < 50; turn += 1) await nextTurn();
  expect(read).toBeLessThan(10);
});

test('an attachment that is not there is a refusal', async () => {
  const { program } = startProgram(aCore());
  await expect(program.openFile('attachment', 'gone')).rejects.toMatchObject({
    error: 'not-there',
  });
});

test("secrets are kept by the main process and cross to the core's", async () => {
  const { hosts, secrets } = startProgram(aCore());
  await vi.waitFor(() => expect(hosts).toHaveLength(1));
  const host = hosts[0]!;
  expect(await host.secrets.read('token')).toBeUndefined();
  await host.secrets.write('token', 'opaque');
  expect(secrets.get('token')).toBe('opaque');
  expect(await host.secrets.read('token')).toBe('opaque');
  await host.secrets.remove('token');
  expect(secrets.size).toBe(0);
});

test('a core that ends by itself is started again, and windows are told to take a new line', async () => {
  const { program, restarts, givenUp } = startProgram(aCore());
  forked[0]!.end(139);
  await vi.waitFor(() => expect(restarts()).toBe(1));
  expect(givenUp).toEqual([]);
  expect(await program.addFile('plan.pdf', parts(1))).toMatchObject({ name: 'plan.pdf' });
});

test('a core that ends again and again is given up, once, with a sentence', async () => {
  const { givenUp } = startProgram(aCore());
  for (let end = 0; end < 4; end += 1) {
    forked.at(-1)!.end(1);
    await nextTurn();
  }
  expect(givenUp).toEqual([expect.stringContaining('Nothing you wrote is lost')]);
  expect(forked).toHaveLength(4);
});

test('a core that cannot start says why and is not tried again', async () => {
  const { givenUp } = startProgram(aCore(), () =>
    Promise.reject(new AppError('disk-not-writable')),
  );
  await vi.waitFor(() => expect(givenUp).toEqual([new AppError('disk-not-writable').message]));
  await nextTurn();
  expect(forked).toHaveLength(1);
});

test('stopping closes the core first and starts nothing again', async () => {
  const close = vi.fn(() => Promise.resolve());
  const { program, restarts } = startProgram(aCore({ close }));
  await program.stop();
  expect(close).toHaveBeenCalledOnce();
  expect(forked[0]!.isRunning).toBe(false);
  expect(restarts()).toBe(0);
});

test('[F1] a core that does not answer is cut off in time', async () => {
  vi.useFakeTimers();
  try {
    const { program } = startProgram(aCore({ close: () => new Promise(() => undefined) }));
    const stopped = program.stop();
    await vi.advanceTimersByTimeAsync(1600);
    await stopped;
    expect(forked[0]!.isRunning).toBe(false);
  } finally {
    vi.useRealTimers();
  }
});

test('(D9) the core has files of its own folder opened with the system’s program, and no others', async () => {
  const { program, hosts, opened } = startProgram(aCore());
  await program.openFile('draft-file', 'none').catch(() => undefined);
  const open = (path: string) => hosts[0]?.openPath?.(path).then(() => 'opened');
  await expect(open('/data/opened/1/plan.docx')).resolves.toBe('opened');
  await expect(open('/data/opened/1/plan.odd')).rejects.toThrow('No program');
  await expect(open('/data/../etc/passwd')).rejects.toThrow('No program');
  await expect(open('/home/mara/run-me.sh')).rejects.toThrow('No program');
  expect(opened).toEqual(['/data/opened/1/plan.docx', '/data/opened/1/plan.odd']);
});

test('(D9) the core has files of its own folder dragged out of the window, and no others', async () => {
  const { program, hosts, dragged } = startProgram(aCore());
  await program.openFile('draft-file', 'none').catch(() => undefined);
  const drag = (...paths: string[]) => hosts[0]?.startDrag?.(paths).then(() => 'dragged');
  const both = ['/data/dragged/1/1/plan.pdf', '/data/dragged/1/2/plan.pdf'];
  await expect(drag(...both)).resolves.toBe('dragged');
  await expect(drag('/data/dragged/2/1/plan.odd')).rejects.toThrow('no drag');
  await expect(drag('/data/dragged/1/1/plan.pdf', '/home/mara/secret.pdf')).rejects.toThrow();
  await expect(drag('/data/../etc/passwd')).rejects.toThrow('no drag');
  expect(dragged).toEqual([both, ['/data/dragged/2/1/plan.odd']]);
});

test('(D10) a file of a watched folder is handed out through a door of its own', async () => {
  const bytes = Readable.from([PART]);
  const core = aCore({
    openInboxFile: async () => ({
      name: 'scan.png',
      mediaType: 'image/png',
      sizeBytes: PART.length,
      bytes,
    }),
  });
  const { program } = startProgram(core);
  const file = await program.openFile('inbox-file', 'one');
  expect(file).toMatchObject({ name: 'scan.png', sizeBytes: PART.length });
  expect((await buffer(file.bytes)).length).toBe(PART.length);
});

test('(I1) the core knows what the desktop can do from its start on, hears of changes, and passes on what a person asks', async () => {
  const { program, hosts, acts } = startProgram(aCore());
  await vi.waitFor(() => expect(hosts).toHaveLength(1));
  const desktop = hosts[0]!.desktop!;
  expect(desktop.state).toEqual(DESKTOP);
  let changes = 0;
  const stop = desktop.onChange(() => {
    changes += 1;
  });
  program.tellDesktop();
  await vi.waitFor(() => expect(changes).toBe(1));
  stop();
  desktop.act({ kind: 'keep-running', keep: true });
  await vi.waitFor(() => expect(acts).toEqual([{ kind: 'keep-running', keep: true }]));
});
