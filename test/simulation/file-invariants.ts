// What must hold of files once everything has come to rest.

import type { World } from './world.ts';
import { sameLines } from './same-lines.ts';
import { short } from './run.ts';

const LONG_AFTER_MS = 50 * 365 * 24 * 60 * 60 * 1000;

export async function checkFiles(world: World): Promise<void> {
  await checkRecords(world);
  checkServerBytes(world);
  for (const desk of world.desks) checkDeskBytes(world, desk);
  await checkHousekeeping(world);
}

async function checkRecords({ run, server, model, workspaceId }: World): Promise<void> {
  const stored: string[] = [];
  for (const id of model.files.all.map((file) => file.id)) {
    const file = (await server.storage.recordById(workspaceId, 'attachment', id))?.record;
    const blobId = file?.redacted === undefined ? file?.blobId : null;
    const isWithdrawn = file?.withdrawn !== undefined;
    const { jobId, entryId, name, audience } = file ?? {};
    stored.push(JSON.stringify([id, jobId, entryId, name, audience, blobId, isWithdrawn]));
  }
  const modelled = model.files.all.map(
    ({ id, jobId, entryId, name, audience, blobId, isWithdrawn }) =>
      JSON.stringify([id, jobId, entryId, name, audience, blobId, isWithdrawn]),
  );
  sameLines(run, 'every file stands as it was left', stored, modelled);
}

/** Whatever an accepted file names is there, whole. [B1, B2] */
function checkServerBytes({ run, server, model, files }: World): void {
  for (const { name, blobId } of model.files.all)
    if (blobId !== null && server.bytesOf(blobId)?.toString() !== files.textOf(blobId))
      run.violate('bytes of an accepted file are never lost', `${name} on the server`);
}

/**
 * What waits on a desk has its bytes there, and what a desk says it has is whole; but not what was removed for good since a
 * copy of this profile posted it: it is gone here, too. [B1, B4] (C10)
 */
function checkDeskBytes({ run, ledger, model, files }: World, desk: World['desks'][number]): void {
  const expected = new Map<string, string>();
  for (const { name, args } of ledger.outboxOf(desk.name)) {
    const { attachments = [], files: canned = [] } = JSON.parse(args) as {
      attachments?: { attachmentId: string; blobId: string }[];
      files?: { blobId: string }[];
    };
    for (const { blobId } of canned) expected.set(blobId, name);
    for (const { attachmentId, blobId } of attachments)
      if (model.files.find(attachmentId)?.blobId !== null) expected.set(blobId, name);
  }
  for (const { id } of desk.mirror?.all<{ id: string }>('SELECT id FROM blob') ?? [])
    expected.set(id, 'fetched');
  for (const [blobId, what] of expected)
    if (desk.bytesOf(blobId)?.toString() !== files.textOf(blobId))
      run.violate(
        'bytes of an accepted file are never lost',
        `${what} ${short(blobId)} on ${desk.name}`,
      );
}

/** Long after, the server has what records name and nothing else. [B4] (C10) */
async function checkHousekeeping({ run, server, model }: World): Promise<void> {
  server.clockOffsetMs += LONG_AFTER_MS;
  await run.scheduler.stepThrough(server.keepHouse());
  const { files, canned, scheduled } = model;
  const named = [...new Set([...files.namedBlobs, ...canned.namedBlobs, ...scheduled.namedBlobs])];
  sameLines(run, 'what no record names is dropped, and nothing else', server.blobIds, named);
}
