// Exports that are ended while they wait for a file on a slow line. (G4)

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { type Exports, startExports } from '../../../../electron/core/api/exports.ts';
import type { ExportState, ExportWish } from '../../../../electron/core/api/exports-contract.ts';
import { AppError } from '../../../../electron/core/errors.ts';
import { GONE_FROM_JOBS } from '../../../../electron/core/mirror/redactions.ts';
import { type CopyStory, tellCopyStory } from '../../../support/copy-story.ts';
import { fakeHost } from '../../../support/fake-host.ts';
import { PRINT_PROGRAM } from '../../../support/print-program.ts';
import { tempDir } from '../../../support/temp-dir.ts';

let story: CopyStory;
let shelf: Exports;
let folder: string;
/** Of the files somebody asked for. */
let letGoOfLine: () => void;
let isAsked: Promise<void>;
let states: (ExportState | null)[];

beforeEach(async () => {
  const root = await tempDir();
  folder = join(root, 'exports');
  story = await tellCopyStory(root, 3);
  onTestFinished(() => story.close());
  let tellAsked: () => void;
  isAsked = new Promise((resolve) => (tellAsked = resolve));
  const line = new Promise<void>((resolve) => (letGoOfLine = resolve));
  const server = {
    getBlob: async () => {
      tellAsked();
      await line;
      throw new AppError('server-unreachable');
    },
  };
  let count = 0;
  states = [];
  shelf = startExports({
    ...story.parts,
    server: server as never,
    host: fakeHost(root, { printProgram: PRINT_PROGRAM }),
    folder,
    newId: () => `export-${++count}`,
    onChange: () => states.push(shelf.state('export-1')),
  });
  onTestFinished(() => {
    letGoOfLine();
    return shelf.close();
  });
});

const wish = (): ExportWish => ({
  jobId: story.jobId,
  copy: 'full',
  format: 'zip',
  timeZone: 'UTC',
});

test('(G4) one that is cancelled while a line stands still is gone at once, and the next one has its turn', async () => {
  const id = shelf.begin(wish());
  await isAsked;
  await shelf.letGo(id);
  expect(shelf.state(id)).toBeNull();
  expect(await readdir(folder)).toEqual([]);
});

test('(G4, C10) one that ends because something was removed for good stays ended, whatever still comes in for it', async () => {
  const id = shelf.begin(wish());
  await isAsked;
  story.parts.mirror.transact((mirror) => mirror.touch(GONE_FROM_JOBS));
  expect(shelf.state(id)).toMatchObject({ kind: 'failed' });
  letGoOfLine();
  await shelf.letGo(shelf.begin(wish()));
  expect(shelf.state(id)).toMatchObject({ kind: 'failed' });
});
