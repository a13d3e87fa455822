// What a person does to canned replies, and with one. (C6)

import type { CannedFile } from '../../../sync-server/protocol/canned-replies.ts';
import type { CannedReplyId } from '../../../sync-server/protocol/ids.ts';
import { addBlob, findBlob } from '../attachments/blobs.ts';
import { queueFileJobs } from '../attachments/file-job-queue.ts';
import { keepBlob } from '../attachments/open-attachment.ts';
import { AppError } from '../errors.ts';
import { findRecord } from '../mirror/records.ts';
import { keepFromWiping } from '../mirror/redactions.ts';
import type { CannedRequests, TakenFiles } from './canned-contract.ts';
import type { Office } from './office.ts';

type PerformCannedRequests = {
  readonly [N in keyof CannedRequests]: (
    office: Office,
    args: CannedRequests[N]['args'],
  ) => CannedRequests[N]['answer'] | Promise<CannedRequests[N]['answer']>;
};

export const cannedRequests: PerformCannedRequests = {
  'canned-replies.create': (office, { files, ...rest }) => {
    const cannedReplyId = office.newId() as CannedReplyId;
    const described = files.map((file) => describedFile(office, file));
    office.act('create_canned_reply', { cannedReplyId, ...rest, files: described });
    return { cannedReplyId };
  },

  'canned-replies.update': (office, { cannedReplyId, changes }) => {
    office.act('update_canned_reply', { cannedReplyId, changes: [...changes] });
    return {};
  },

  'canned-replies.move': (office, { cannedReplyId, to }) => {
    const toCannedReplyId = office.newId() as CannedReplyId;
    office.act('move_canned_reply', { cannedReplyId, toCannedReplyId, to });
    const isMoved = findRecord(office.mirror, 'canned_reply', toCannedReplyId) !== undefined;
    return { cannedReplyId: isMoved ? toCannedReplyId : cannedReplyId };
  },

  'canned-replies.delete': (office, args) => {
    office.act('delete_canned_reply', args);
    return {};
  },

  'canned-replies.take-files': async (office, { cannedReplyId }) => {
    const reply = findRecord(office.mirror, 'canned_reply', cannedReplyId);
    if (reply === undefined)
      throw new AppError('not-there', {
        sentence: 'This canned reply was deleted a moment ago, so its files were not added.',
      });
    const files: TakenFiles['files'][number][] = [];
    const missing: string[] = [];
    for (const file of reply.files)
      if (await takeFile(office, file)) files.push(file);
      else missing.push(file.name);
    return { files, missing };
  },
};

/** @throws AppError `blob-missing` where its bytes are not here */
function describedFile(
  { mirror }: Office,
  { blobId, name }: Pick<CannedFile, 'blobId' | 'name'>,
): CannedFile {
  const blob = findBlob(mirror, blobId);
  if (blob === undefined)
    throw new AppError('blob-missing', {
      sentence: `“${name}” is not on this device, so the canned reply was not saved. Take the file out, or add it again.`,
    });
  return { blobId, name, mediaType: blob.mediaType, sizeBytes: blob.sizeBytes };
}

/** Says anew that the bytes are not sent: a draft names them from now on. (D8) Answers whether they are here. */
function takeFile(office: Office, { blobId, mediaType, sizeBytes }: CannedFile): Promise<boolean> {
  const { mirror, blobs, now } = office;
  return blobs.pinning(async (pin) => {
    await pin(blobId);
    try {
      await keepBlob(office, { blobId, mediaType });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return false;
    }
    const blob = { id: blobId, mediaType, sizeBytes };
    const at = now();
    mirror.transact((writable) => {
      addBlob(writable, blob, { addedAt: at, uploadedAt: null });
      queueFileJobs(writable, blob, at);
      keepFromWiping(writable, [blobId]);
    });
    return true;
  });
}
