import { execFile } from 'node:child_process';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import {
  DEMO_SIGN_INS,
  DEMO_WORKSPACE_ID,
  nordhafen,
} from '../../../sync-server/admin/demo-office/office.ts';
import { seedDemo, seedEmpty } from '../../../sync-server/admin/seed-demo.ts';
import { isPassword } from '../../../sync-server/auth/passwords.ts';
import type { OpenData } from '../../../sync-server/blobs/open-data-folder.ts';
import { openTestData } from '../../support/test-data.ts';
import { tempDir } from '../../support/temp-dir.ts';

const NOW = { nowMs: Date.parse('2026-11-19T14:20:00.000Z'), utcOffsetMinutes: 60 };

async function anOffice(): Promise<OpenData> {
  const data = await openTestData(await tempDir());
  onTestFinished(() => data.storage.close());
  return data;
}

it('[B2] the demo office is stored whole, its bytes with it', async () => {
  const { storage, blobs } = await anOffice();
  expect(await seedDemo({ storage, blobs, ...NOW })).toMatchObject({ created: true });
  const head = await storage.headVersion(nordhafen.id);
  const [anyone] = await storage.recordsOfKind(nordhafen.id, 'member');
  if (anyone === undefined || head === undefined) throw new Error('There is no office.');
  const { rows } = await storage.changesAfter({
    workspaceId: nordhafen.id,
    memberId: anyone.record.id,
    afterVersion: 0,
    limitRows: 10_000,
  });
  expect(head).toBeGreaterThan(1500);
  const files = rows.filter(({ kind }) => kind === 'attachment');
  expect(files.length).toBeGreaterThan(70);
  for (const { data } of files) {
    const { blobId, sizeBytes, mediaType } = JSON.parse(data) as {
      blobId: Parameters<typeof storage.blob>[1];
      sizeBytes: number;
      mediaType: string;
    };
    expect(await storage.blob(nordhafen.id, blobId)).toEqual({ blobId, sizeBytes, mediaType });
    const bytes = await blobs.open({ workspaceId: nordhafen.id, blobId });
    if (bytes === undefined) throw new Error('The bytes are missing.');
    expect((await buffer(bytes)).length).toBe(sizeBytes);
  }
});

it('both demo members can sign in with the passwords that are printed', async () => {
  const { storage, blobs } = await anOffice();
  await seedDemo({ storage, blobs, ...NOW });
  for (const { email, password } of DEMO_SIGN_INS) {
    const stored = await storage.signInByEmail(email);
    expect(stored?.workspaceId).toBe(DEMO_WORKSPACE_ID);
    expect(await isPassword(password, stored?.passwordHash)).toBe(true);
  }
});

it('an office that is there is left alone', async () => {
  const { storage, blobs } = await anOffice();
  await seedDemo({ storage, blobs, ...NOW });
  const head = await storage.headVersion(nordhafen.id);
  expect(await seedDemo({ storage, blobs, ...NOW })).toMatchObject({ created: false });
  expect(await seedEmpty({ storage })).toMatchObject({ created: false, signIns: DEMO_SIGN_INS });
  expect(await storage.headVersion(nordhafen.id)).toBe(head);
  expect(await storage.workspaceIds()).toEqual([nordhafen.id]);
});

it('an empty office has one admin and one pipeline, and a password of its own', async () => {
  const { storage } = await anOffice();
  const { signIns } = await seedEmpty({ storage });
  const [id] = await storage.workspaceIds();
  if (id === undefined) throw new Error('There is no office.');
  const members = await storage.recordsOfKind(id, 'member');
  expect(members.map(({ record }) => record.role)).toEqual(['admin']);
  expect(await storage.recordsOfKind(id, 'pipeline')).toHaveLength(1);
  expect(await storage.recordsOfKind(id, 'customer')).toEqual([]);
  const [signIn] = signIns;
  const stored = await storage.signInByEmail(signIn?.email ?? '');
  expect(await isPassword(signIn?.password ?? '', stored?.passwordHash)).toBe(true);
});

it('the command fills a folder once and says who can sign in each time', async () => {
  const folder = await tempDir();
  const program = new URL('../../../sync-server/admin/seed-demo.ts', import.meta.url).pathname;
  const run = async (): Promise<unknown> => {
    const { stdout } = await promisify(execFile)(process.execPath, [program, '--data', folder]);
    return JSON.parse(stdout);
  };
  const signIns = DEMO_SIGN_INS.map(({ email, password }) => ({ email, password }));
  expect(await run()).toEqual({ event: 'seeded', created: true, signIns });
  expect(await run()).toEqual({ event: 'seeded', created: false, signIns });
});
