// A server that lies, and a clock that does: nothing is lost, nothing is asked without an end, and it is said. The time is
// the test's own, so that minutes of trying are looked at.

import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { AppError } from '../../../../electron/core/errors.ts';
import { type Mirror, openMirror } from '../../../../electron/core/mirror/database.ts';
import { readSyncLog } from '../../../../electron/core/mirror/sync-log.ts';
import { accept } from '../../../../electron/core/outbox/accept.ts';
import { Countdowns } from '../../../../electron/core/outbox/countdowns.ts';
import { allMutations } from '../../../../electron/core/outbox/outbox.ts';
import type { ServerClient } from '../../../../electron/core/session/server-client.ts';
import { MOST_REQUESTS_PER_MINUTE } from '../../../../electron/core/sync/request-budget.ts';
import { startSyncEngine, type SyncEngine } from '../../../../electron/core/sync/sync-engine.ts';
import type { Change, PullAnswer, PushAnswer } from '../../../../sync-server/protocol/sync.ts';
import type { Audience } from '../../../../sync-server/protocol/values.ts';
import type { MutationId } from '../../../../sync-server/protocol/ids.ts';
import {
  aClientId,
  aCustomer,
  aJob,
  aMember,
  aMutationId,
  anEntry,
  anEntryId,
  aPipeline,
} from '../../../support/builders.ts';
import { fakeHost } from '../../../support/fake-host.ts';
import { HandClock } from '../../../support/hand-clock.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const MINUTE_MS = 60_000;
const LATENCY_MS = 40;
const mara = aMember();
const pipeline = aPipeline();
const anna = aCustomer();
const job = aJob({
  customerId: anna.id,
  pipelineId: pipeline.id,
  stageId: pipeline.stages[0]!.id,
});
const OFFICE: readonly Change[] = [
  { op: 'put', kind: 'member', id: mara.id, version: 1, createdVersion: 1, record: mara },
  { op: 'put', kind: 'pipeline', id: pipeline.id, version: 2, createdVersion: 2, record: pipeline },
  { op: 'put', kind: 'customer', id: anna.id, version: 3, createdVersion: 3, record: anna },
  { op: 'put', kind: 'job', id: job.id, version: 4, createdVersion: 4, record: job },
];
type Page = Extract<PullAnswer, { kind: 'page' }>;
const page = (overrides: Partial<Page> = {}): Page => ({
  kind: 'page',
  changes: [],
  cursor: 'at 4',
  epoch: 'an epoch',
  portalUrl: 'https://docket.example',
  version: 4,
  more: false,
  snapshot: null,
  digest: null,
  ...overrides,
});
const actor = { kind: 'member', memberId: mara.id, role: 'member' } as const;
const aNewCustomer = () => ({
  id: aMutationId(),
  name: 'create_customer' as const,
  args: { customerId: aCustomer().id, name: 'Anna Berg', emails: [], phone: '' },
  writtenAt: new Date(clock.now()).toISOString(),
});
const never = () => new Promise<never>(() => undefined);

interface Lies {
  pull?(asked: number, cursor: string | undefined): unknown;
  push?(ids: readonly string[]): PushAnswer;
  live?(): PassThrough;
}

let clock: HandClock;
let mirror: Mirror;
let asked: { readonly what: 'pull' | 'push'; readonly atMs: number }[];
let engine: SyncEngine;
/** How often files were told that they may leave. */
let filesLetGo: number;
beforeEach(async () => {
  clock = new HandClock();
  asked = [];
  filesLetGo = 0;
  mirror = openMirror(join(await tempDir(), 'docket.sqlite'));
  onTestFinished(() => mirror.close());
});

/** A desk that was in step once, with a note or a reply in line, before a server that behaves as told from then on. */
async function against(lies: Lies, audience: Audience = 'internal'): Promise<void> {
  let honest = true;
  const answering = <T>(what: 'pull' | 'push', answer: () => T): Promise<T> => {
    asked.push({ what, atMs: clock.now() });
    return new Promise((resolve, reject) => {
      clock.after(LATENCY_MS, () => {
        try {
          resolve(answer());
        } catch (error) {
          reject(error instanceof Error ? error : new Error('no error'));
        }
      });
    });
  };
  let pulls = 0;
  const server: Partial<ServerClient> = {
    pull: (cursor) =>
      answering('pull', () => {
        if (honest) return page({ changes: [...OFFICE] });
        pulls += 1;
        return lies.pull === undefined ? page() : lies.pull(pulls, cursor);
      }),
    push: ({ mutations }) =>
      answering('push', () => {
        const ids = mutations.map(({ id }) => id);
        if (lies.push !== undefined) return lies.push(ids);
        throw new AppError('server-failed');
      }),
    live: async () => (honest || lies.live === undefined ? never() : lies.live()),
  };
  engine = startSyncEngine({
    host: fakeHost('', { clock }),
    mirror,
    server: server as ServerClient,
    clientId: aClientId(),
    uploader: {
      wake: () => undefined,
      serverAnswers: () => {
        filesLetGo += 1;
      },
      serverIsSilent: () => undefined,
    } as never,
    countdowns: new Countdowns({
      clock,
      lengthMs: () => 10_000,
      onEnded: () => engine.tell({ kind: 'counted-down' }),
      onChange: () => undefined,
    }),
    actor: () => actor,
    onChange: () => undefined,
    onPresence: () => undefined,
    onExpired: () => undefined,
  });
  // What it waits for never comes: the time stands still now.
  onTestFinished(() => void engine.stop());
  await pass(1000);
  mirror.transact((writable) =>
    accept(writable, actor, {
      id: aMutationId(),
      name: 'post_entry',
      args: {
        jobId: job.id,
        entryId: anEntryId(),
        audience,
        text: 'Kept, whatever the server says',
        attachments: [],
        seenVersion: 0,
      },
      writtenAt: new Date(clock.now()).toISOString(),
    }),
  );
  honest = false;
  asked = [];
  filesLetGo = 0;
  engine.tell({ kind: 'asked' });
}

async function pass(spanMs: number): Promise<void> {
  for (let left = spanMs; left > 0; left -= LATENCY_MS) {
    clock.pass(LATENCY_MS);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The most requests that left within any one minute. */
function busiestMinute(): number {
  return Math.max(
    0,
    ...asked.map(
      ({ atMs }) =>
        asked.filter((each) => each.atMs >= atMs && each.atMs < atMs + MINUTE_MS).length,
    ),
  );
}

const jobs = () => mirror.all('SELECT id FROM job').length;
const keptText = () => allMutations(mirror).map(({ args }) => (args as { text: string }).text);

describe('[L1] [F4] a server that lies ends in waits that grow and a sentence, with everything kept', () => {
  test.each<[string, Lies, string]>([
    ['versions that go back', { pull: () => page({ version: 2 }) }, 'server-not-understood'],
    ['a page that does not move', { pull: () => page({ more: true }) }, 'server-not-understood'],
    [
      'rows of a kind nobody knows',
      {
        pull: () =>
          page({ version: 5, cursor: 'at 5', changes: [{ ...OFFICE[0]!, kind: 'spell' }] }),
      },
      'server-not-understood',
    ],
    [
      'rows that are not what they say',
      {
        pull: () =>
          page({
            version: 5,
            cursor: 'at 5',
            changes: [
              { op: 'put', kind: 'job', id: job.id, version: 5, createdVersion: 4, record: anna },
            ],
          }),
      },
      'server-not-understood',
    ],
    [
      'a row under another id',
      {
        pull: () => {
          const record = anEntry({ jobId: job.id, author: { kind: 'member', memberId: mara.id } });
          return page({
            version: 5,
            cursor: 'at 5',
            changes: [
              { op: 'put', kind: 'entry', id: anEntryId(), version: 5, createdVersion: 5, record },
            ],
          });
        },
      },
      'server-not-understood',
    ],
    ['a page cut off in the middle', { pull: () => '{"kind":"page","chan' }, 'not-a-docket-server'],
    [
      'the page of a captive portal',
      { pull: () => '<html>Accept our terms</html>' },
      'not-a-docket-server',
    ],
    ['nothing at all', { pull: () => '' }, 'not-a-docket-server'],
    ['null', { pull: () => null }, 'server-not-understood'],
    [
      'another epoch without a reset',
      { pull: () => page({ epoch: 'another' }) },
      'server-not-understood',
    ],
    [
      'reset for ever',
      { pull: () => ({ kind: 'reset', reason: 'Start again.' }) },
      'server-not-understood',
    ],
    [
      'answers to other mutations',
      { push: () => ({ kind: 'results', results: [] }) },
      'server-not-understood',
    ],
  ])('%s', async (_what, lies, kind) => {
    await against(lies);
    await pass(2 * MINUTE_MS);
    expect(engine.state.trouble?.sentence).toBe(new AppError(kind as 'server-failed').message);
    const failures = readSyncLog(mirror, 100).filter(({ event }) => event === 'failed');
    expect(failures.map(({ details }) => details)).toEqual([kind]);
    expect(busiestMinute()).toBeLessThanOrEqual(40);
    expect(jobs()).toBe(1);
    expect(keptText()).toEqual(['Kept, whatever the server says']);
  });

  const neverFits: Lies = {
    pull: (_count, cursor) =>
      cursor === undefined
        ? page({ changes: [...OFFICE], digest: { rows: 99, sum: 1 } })
        : page({ digest: { rows: 99, sum: 1 } }),
    push: (ids) => ({
      kind: 'results',
      results: ids.map((id) => ({
        id: id as MutationId,
        outcome: { kind: 'applied', version: 5 },
      })),
    }),
  };

  test('[P8] [L5] a digest that never fits keeps no reply from leaving, once its countdown is over', async () => {
    await against(neverFits, 'visible');
    const beganMs = clock.now();
    await pass(MINUTE_MS);
    const pushes = asked.filter(({ what }) => what === 'push').map(({ atMs }) => atMs - beganMs);
    expect(pushes).toHaveLength(1);
    expect(pushes[0]).toBeGreaterThan(10_000);
    expect(pushes[0]).toBeLessThan(20_000);
  });

  test('[P8] a reply whose countdown ends in a row of pushes does not join it: a pull comes first', async () => {
    const pushed: string[][] = [];
    const push: Lies['push'] = (ids) => {
      pushed.push([...ids]);
      return neverFits.push!(ids);
    };
    await against({ push }, 'visible');
    const [reply] = allMutations(mirror);
    await pass(10_000);
    mirror.transact((writable) => {
      for (let count = 0; count < 401; count += 1) accept(writable, actor, aNewCustomer());
    });
    engine.tell({ kind: 'outbox-changed' });
    await pass(1000);
    expect(pushed.map(({ length }) => length)).toEqual([200, 200, 1, 1]);
    expect(pushed[3]).toEqual([reply?.id]);
    const last = asked.map(({ what }) => what).slice(-6);
    expect(last).toEqual(['push', 'push', 'push', 'pull', 'push', 'pull']);
  });

  test('[L5] a digest that never fits is healed twice, and then asks a person', async () => {
    await against(neverFits);
    await pass(2 * MINUTE_MS);
    expect(asked.some(({ what }) => what === 'push')).toBe(true);
    expect(engine.state.trouble?.sentence).toBe(new AppError('mirror-differs').message);
    const copies = () => readSyncLog(mirror, 100).filter(({ event }) => event === 'differs').length;
    expect(copies()).toBe(2);
    engine.healAgain();
    await pass(2 * MINUTE_MS);
    expect(copies()).toBe(4);
    expect(engine.state.trouble?.kind).toBe('differs');
    expect(busiestMinute()).toBeLessThanOrEqual(40);
    expect(jobs()).toBe(1);
    expect(keptText()).toEqual(['Kept, whatever the server says']);
  });

  test('pages without an end are asked for so often in a minute and no more', async () => {
    await against({
      pull: (count) => page({ cursor: `at ${count}`, version: 4 + count, more: true }),
    });
    await pass(1.5 * MINUTE_MS);
    expect(asked.length).toBeGreaterThan(MOST_REQUESTS_PER_MINUTE);
    expect(busiestMinute()).toBeLessThanOrEqual(MOST_REQUESTS_PER_MINUTE);
    expect(keptText()).toEqual(['Kept, whatever the server says']);
    const log = readSyncLog(mirror, 50).map(({ details }) => details);
    expect(log).toContain('server-insists');
    expect(filesLetGo).toBe(0);
  }, 60_000);

  test('[F4] a file may leave when the last page is here, and no sooner', async () => {
    await against({
      pull: (count) => page({ cursor: `at ${count}`, version: 4 + count, more: count < 3 }),
    });
    const pulls = () => asked.filter(({ what }) => what === 'pull').length;
    while (pulls() < 3) await pass(LATENCY_MS);
    expect(filesLetGo).toBe(0);
    await pass(1000);
    expect(filesLetGo).toBeGreaterThan(0);
  });

  test('[L4] a live line that pokes without a pause is answered so often and no more', async () => {
    const line = new PassThrough();
    await against({
      live: () => line,
      push: (ids) => ({
        kind: 'results',
        results: ids.map((id) => ({
          id: id as never,
          outcome: { kind: 'refused', refusal: { code: 'not-allowed', sentence: 'No.' } },
        })),
      }),
    });
    for (let second = 0; second < 90; second += 1) {
      for (let poke = 0; poke < 50; poke += 1) line.write('event: poke\ndata: {"version":9}\n\n');
      await pass(1000);
    }
    expect(busiestMinute()).toBeLessThanOrEqual(MOST_REQUESTS_PER_MINUTE);
    expect(keptText()).toEqual(['Kept, whatever the server says']);
  });
});

describe('a device clock that is years off', () => {
  test.each([-10, 10])('(%i years) goes on pulling and pushing, without a rush', async (years) => {
    await against({
      push: (ids) => ({
        kind: 'results',
        results: ids.map((id) => ({ id: id as never, outcome: { kind: 'applied', version: 4 } })),
      }),
    });
    clock.jump(years * 365 * 24 * 3600 * 1000);
    await pass(MINUTE_MS);
    expect(allMutations(mirror)).toEqual([]);
    expect(engine.state.trouble).toBeNull();
    expect(busiestMinute()).toBeLessThanOrEqual(40);
    clock.jump(-2 * years * 365 * 24 * 3600 * 1000);
    engine.tell({ kind: 'poked' });
    await pass(1000);
    expect(engine.state.trouble).toBeNull();
  });
});
