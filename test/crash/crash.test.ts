// Kills of real processes on a real disk, as many as a submission can wait for; `npm run crash -- --kills 500` does more.

import { expect, test } from 'vitest';
import { tempDir } from '../support/temp-dir.ts';
import { runCrash } from './run-crash.ts';

const say = () => undefined;

test('[F1] killed at 20 random moments, an office has lost nothing and has nothing twice', async () => {
  const folder = await tempDir();
  const report = await runCrash({ folder, kills: 20, seed: 20, control: undefined, say });
  expect(report.violations).toEqual([]);
  expect(report.tally['texts accepted']).toBeGreaterThan(0);
  expect(report.tally['files with their bytes']).toBeGreaterThan(0);
}, 300_000);

test('[P1] without deduplication the same kills are noticed', async () => {
  const folder = await tempDir();
  const report = await runCrash({ folder, kills: 16, seed: 21, control: 'dedup', say });
  expect(report.violations).toContainEqual(expect.stringContaining('Doubled'));
}, 300_000);
