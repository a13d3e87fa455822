import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  openFilePool,
  POOL_LIMITS,
  type FilePool,
  type PoolLimits,
} from '../../../../electron/core/attachments/file-pool.ts';
import type { Clock, LogLine } from '../../../../electron/core/host.ts';
import { systemClock } from '../../../../electron/loopback/node-host.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const program = fileURLToPath(new URL('../../../support/thread-stand-in.ts', import.meta.url));

function aPool(limits: Partial<PoolLimits> = {}, clock: Clock = systemClock) {
  const logged: LogLine[] = [];
  const parts = { clock, log: (line: LogLine) => void logged.push(line), program };
  const pool = openFilePool(parts, { ...POOL_LIMITS, ...limits });
  onTestFinished(() => pool.close());
  return { pool, logged };
}

const ask = (pool: FilePool, path: string) =>
  pool.run({ kind: 'text', path, mediaType: 'text/plain' });
/** Which thread did it. */
async function threadOf(pool: FilePool, path = 'fine'): Promise<string> {
  const result = await ask(pool, path);
  if (result.kind !== 'found' || result.findings.kind !== 'text')
    throw new Error(JSON.stringify(result));
  return result.findings.text;
}

describe('(D5) a thread that', () => {
  test.each(['crash', 'throw', 'say-broke', 'fill-memory'])(
    'does %s fails its own job and no other',
    async (wish) => {
      const { pool, logged } = aPool({ threads: 1 });
      const results = await Promise.all(['fine', wish, 'fine'].map((path) => ask(pool, path)));
      expect(results.map(({ kind }) => kind)).toEqual(['found', 'failed', 'found']);
      expect(results[1]).toEqual({ kind: 'failed', reason: 'broke' });
      expect(logged).toMatchObject([{ event: 'file-thread-broke' }]);
    },
  );

  test('does not come to an end is cut off, and the next job has a new one', async () => {
    const waits = new Set<() => void>();
    const clock: Clock = {
      now: () => 0,
      after: (_delayMs, callback) => {
        waits.add(callback);
        return () => void waits.delete(callback);
      },
    };
    const { pool } = aPool({ threads: 1 }, clock);
    const name = await threadOf(pool);
    const file = join(await tempDir(), 'never-written');
    const [hanging, after] = [ask(pool, `wait-for ${file}`), threadOf(pool)];
    await vi.waitFor(() => access(`${file}.begun`), 10_000);
    expect(waits.size).toBe(1);
    for (const fire of waits) fire();
    expect(await hanging).toEqual({ kind: 'failed', reason: 'took-too-long' });
    expect(await after).not.toBe(name);
  });

  test('has done its share or holds too much memory is left', async () => {
    const { pool } = aPool({ threads: 1, jobsPerThread: 2 });
    const names = [await threadOf(pool), await threadOf(pool), await threadOf(pool)];
    expect(names[1]).toBe(names[0]);
    expect(names[2]).not.toBe(names[0]);
    const grown = await threadOf(pool, 'grow');
    expect(grown).toBe(names[2]);
    expect(await threadOf(pool)).not.toBe(grown);
  });

  test('has nothing to do for a while is left, too', async () => {
    const { pool } = aPool({ threads: 1, idleMs: 1 });
    const name = await threadOf(pool);
    await vi.waitFor(async () => expect(await threadOf(pool)).not.toBe(name));
  });
});

test('no more jobs run at a time than there are threads', async () => {
  const folder = await tempDir();
  const { pool } = aPool({ threads: 2 });
  const files = ['a', 'b', 'c'].map((name) => join(folder, name));
  const running = files.map((file) => ask(pool, `wait-for ${file}`));
  const hasBegun = (file: string | undefined) => access(`${file}.begun`);
  await vi.waitFor(() => Promise.all([hasBegun(files[0]), hasBegun(files[1])]), 10_000);
  await expect(hasBegun(files[2])).rejects.toThrow('ENOENT');
  for (const file of files) await writeFile(file, '');
  expect((await Promise.all(running)).map(({ kind }) => kind)).toEqual(['found', 'found', 'found']);
});

test('[F1] a pool that is closed leaves no job without an answer', async () => {
  const { pool } = aPool({ threads: 1 });
  const running = [ask(pool, 'hang'), ask(pool, 'fine')];
  await pool.close();
  expect(await Promise.all([...running, ask(pool, 'fine')])).toEqual([
    { kind: 'stopped' },
    { kind: 'stopped' },
    { kind: 'stopped' },
  ]);
});
