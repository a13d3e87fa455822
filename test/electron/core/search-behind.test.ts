// The search over an office that has just come in: whole from the first moment, and quick a moment later. (G1, H2)

import BetterSqlite from 'better-sqlite3';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { SearchArgs } from '../../../electron/core/api/search-contract.ts';
import {
  addLargeOffice,
  buildLargeOffice,
  LARGE_OFFICE_PASSWORD,
} from '../../support/large-office.ts';
import { mirrorFile } from '../../crash/desk-folder.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { startTestDesk } from '../../support/test-desk.ts';
import { startTestServer } from '../../support/test-server.ts';

const ENTRIES = 3000;
const JOBS: SearchArgs = {
  search: 'insurer',
  filters: { kinds: [], audiences: [], authorIds: [], pipelineId: null, since: null },
  limits: { jobs: 0, customers: 0, entries: 1, files: 0 },
};

test('(H2) [S1] after a first sync the search index is filled behind it, and a search says the same before and after', async () => {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  const office = buildLargeOffice({ jobs: 60, entries: ENTRIES, hasFiles: true }, 7);
  await addLargeOffice(server.data.storage, office);
  const folder = await tempDir();
  const desk = await startTestDesk(folder);
  onTestFinished(() => desk.core.close());
  const [mara] = office.members;
  await desk.signIn(server.url, { email: mara?.email ?? '', password: LARGE_OFFICE_PASSWORD });
  await desk.until('sync', {}, ({ progress, inStepAt }) => progress === null && inStepAt !== null);
  const before = await desk.ask('search', JOBS);
  expect(before.entries.total).toBeGreaterThan(100);
  const mirror = new BetterSqlite(mirrorFile(folder), { readonly: true });
  onTestFinished(() => void mirror.close());
  const through = mirror
    .prepare<[], number>(`SELECT through FROM search_index WHERE name = 'entry'`)
    .pluck();
  await vi.waitFor(() => expect(through.get()).toBeGreaterThan(ENTRIES - 500), { timeout: 5000 });
  const after = await desk.ask('search', JOBS);
  expect(after).toEqual(before);
});
