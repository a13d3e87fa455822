// A desk, and a file of its office in another program's hands.

import { onTestFinished } from 'vitest';
import type { AttachmentId, BlobId } from '../../sync-server/protocol/ids.ts';
import { type Mirror, openMirror } from '../../electron/core/mirror/database.ts';
import { anEntryId } from './builders.ts';
import { fakeHost, quickClock } from './fake-host.ts';
import { tempDir } from './temp-dir.ts';
import { startTestDesk, type TestDesk } from './test-desk.ts';
import { startTestServer, TEST_PASSWORD, type TestServer } from './test-server.ts';

export interface Opened {
  readonly server: TestServer;
  readonly desk: TestDesk;
  readonly mirror: Mirror;
  readonly attachmentId: AttachmentId;
  /** Where the other program has its copy. */
  readonly path: string;
  /** Of each copy that was opened so far, this one first. */
  readonly paths: readonly string[];
  /** Ends the desk, and starts it on the same disk so many days later. */
  restartAfter(days: number): Promise<TestDesk>;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** A desk on whose job a text file was posted and opened with another program. */
export async function anOpenedFile(name = 'plan.txt'): Promise<Opened> {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  const folder = await tempDir();
  const paths: string[] = [];
  let aheadMs = 0;
  const host = fakeHost(folder, {
    clock: { ...quickClock, now: () => Date.now() + aheadMs },
    openPath: async (path) => void paths.push(path),
  });
  const mirrors: Mirror[] = [];
  const desk = await startTestDesk(folder, host, (file) => {
    const mirror = openMirror(file);
    mirrors.push(mirror);
    return mirror;
  });
  onTestFinished(() => desk.core.close());
  const restartAfter = async (days: number) => {
    await desk.core.close();
    aheadMs += days * DAY_MS;
    const next = await startTestDesk(folder, host);
    onTestFinished(() => next.core.close());
    return next;
  };
  const { email } = server.office.mara;
  await desk.signIn(server.url, { email, password: TEST_PASSWORD });
  await post(server, desk, [{ blobId: await added(desk, name, 'First draft'), name }]);
  const attachmentId = await attachmentNamed(desk, server, name);
  await desk.request('attachments.open', { attachmentId });
  const [mirror] = mirrors;
  if (mirror === undefined) throw new Error('no office is open');
  return { server, desk, mirror, attachmentId, path: paths[0] ?? '', paths, restartAfter };
}

export async function added(desk: TestDesk, name: string, content: string): Promise<BlobId> {
  const result = await desk.core.addFile(name, bytesOf(content));
  if (result.kind !== 'added') throw new Error(result.sentence);
  return result.blobId;
}

export async function post(
  server: TestServer,
  desk: TestDesk,
  files: readonly { readonly blobId: BlobId; readonly name: string }[],
) {
  await desk.request('entries.post', {
    entryId: anEntryId(),
    jobId: server.office.job.id,
    audience: 'internal',
    text: '',
    files: files.map((file) => ({ ...file, audience: 'internal' as const })),
    seenVersion: 0,
  });
}

export async function* bytesOf(content: string) {
  yield new TextEncoder().encode(content);
}

export async function attachmentNamed(desk: TestDesk, server: TestServer, name: string) {
  const { items } = await desk.until(
    'activity.feed',
    {
      jobId: server.office.job.id,
      filters: { kinds: [], authorIds: [], audiences: [], search: '' },
      limit: 50,
    },
    (feed) => feed.items.some(({ attachments }) => attachments.some((file) => file.name === name)),
  );
  const file = items.flatMap(({ attachments }) => attachments).find((one) => one.name === name);
  if (file === undefined) throw new Error(`${name} is not there`);
  return file.id;
}

export const changes = ({ desk, server }: Opened, isEnough: (count: number) => boolean) =>
  desk.until('changed-files', { jobId: server.office.job.id }, ({ length }) => isEnough(length));

export const sizeOffered = ({ desk, server }: Opened, sizeBytes: number) =>
  desk.until('changed-files', { jobId: server.office.job.id }, ([change]) => {
    return change?.file?.sizeBytes === sizeBytes;
  });
