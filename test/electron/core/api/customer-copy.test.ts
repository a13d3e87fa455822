// A customer copy holds what the customer may read and not one word more: of jobs told by seeds, its PDF taken apart byte by
// byte and its zip file by file. (G4, E7)

import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openZip } from '../../../../electron/core/attachments/zip-files.ts';
import { makeExport, type Made } from '../../../../electron/core/api/make-export.ts';
import type { ExportCopy, ExportFormat } from '../../../../electron/core/api/exports-contract.ts';
import {
  type CopyStory,
  GEHEIM,
  SECRET_TIMES,
  tellCopyStory,
} from '../../../support/copy-story.ts';
import { readPdf } from '../../../support/read-pdf.ts';
import { deleteRecord } from '../../../../electron/core/mirror/records.ts';
import { tempDir } from '../../../support/temp-dir.ts';

async function aStory(seed: number): Promise<{ story: CopyStory; folder: string }> {
  const folder = await tempDir();
  const story = await tellCopyStory(folder, seed);
  onTestFinished(() => story.close());
  return { story, folder };
}

async function exported(
  { story, folder }: { story: CopyStory; folder: string },
  copy: ExportCopy,
  format: ExportFormat,
): Promise<Made> {
  const out = join(folder, `${copy}-${format}`);
  await mkdir(out);
  const { parts, jobId } = story;
  const wish = { jobId, copy, format, timeZone: 'UTC' };
  return makeExport(parts, wish, {
    folder: out,
    signal: new AbortController().signal,
    onStep: () => undefined,
  });
}

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

test.each(SEEDS)(
  '[V1] (G4, E7) story %i: the customer copy has every word for the customer and no internal one, in no stream, name, id, time or hash',
  async (seed) => {
    const told = await aStory(seed);
    const { story } = told;
    const made = await exported(told, 'customer', 'zip');
    const bytes = await readFile(made.pdfPath);
    const pdf = await readPdf(bytes);
    const read = pdf.text.replace(/\s+/g, ' ');
    for (const word of story.open) expect(read, word).toContain(word);
    const zip = await buffer((await openZip(story.parts.blobs, made.zip!)).bytes);
    const activity = await readFile(join(made.pdfPath, '..', 'activity.json'), 'utf8');
    const all = [pdf.text, pdf.raw, zip.toString('latin1'), activity, JSON.stringify(made)];
    for (const text of all) {
      expect(text.toLowerCase()).not.toContain(GEHEIM.toLowerCase());
      for (const time of SECRET_TIMES) expect(text).not.toContain(time);
      for (const id of [...story.ids, ...story.hashes]) expect(text).not.toContain(id);
    }
  },
  60_000,
);

test('(G4) story 1: the full copy has both, each entry with word and sign of its audience, and every page says that it is internal', async () => {
  const told = await aStory(1);
  const made = await exported(told, 'full', 'pdf');
  const { pages, text } = await readPdf(await readFile(made.pdfPath));
  const read = text.replace(/\s+/g, ' ');
  for (const word of told.story.open) expect(read, word).toContain(word);
  for (const word of [
    'Geheim Text',
    'Geheim wartet',
    'On this device, not sent yet',
    'Withdrawn by',
  ])
    expect(read, word).toContain(word);
  for (const word of ['Internal', 'Visible', 'From customer']) expect(read).toContain(word);
  expect(pages.length).toBeGreaterThan(1);
  for (const [index, page] of pages.entries()) {
    expect(page).toContain('Full copy · Internal: do not pass on');
    expect(page.replace(/\s+/g, ' ')).toMatch(new RegExp(`Page ${index + 1} ?of ${pages.length}`));
  }
}, 60_000);

test('(G4) a job that goes while it is printed ends the export with a sentence', async () => {
  const { story, folder } = await aStory(3);
  const { parts, jobId } = story;
  const goOnce = ({ kind, done }: { kind: string; done: number }) => {
    if (kind === 'printing' && done === 50)
      parts.mirror.transact((writable) => deleteRecord(writable, 'job', jobId));
  };
  await expect(
    makeExport(
      parts,
      { jobId, copy: 'full', format: 'pdf', timeZone: 'UTC' },
      { folder, signal: new AbortController().signal, onStep: goOnce },
    ),
  ).rejects.toThrow('This job is no longer there, so no copy of it was made.');
}, 60_000);

test('(G4) each page of a customer copy says whose it is, and no page speaks of anything internal', async () => {
  const told = await aStory(2);
  const made = await exported(told, 'customer', 'pdf');
  const { pages, info } = await readPdf(await readFile(made.pdfPath));
  for (const page of pages) {
    expect(page).toContain('Customer copy for Anna Berg');
    expect(page).not.toMatch(/internal|full copy/i);
  }
  expect(info).toMatchObject({
    Creator: 'Docket',
    Producer: 'Docket',
    Author: 'Nordhafen Repairs',
  });
}, 60_000);
