// Watched folders and files changed by other programs, as the window asks for them. (D9, D10)

import { createReadStream } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Attachment } from '../../../sync-server/protocol/entries.ts';
import { shownName, sniff } from '../attachments/add-file.ts';
import { addBlob, findBlob } from '../attachments/blobs.ts';
import {
  allFolders,
  countFiles,
  findFile,
  type InboxRow,
  newFiles,
  setFileState,
  setTaken,
  showFilesFromBefore,
} from '../attachments/inbox-rows.ts';
import type { OpenedFile } from '../attachments/open-attachment.ts';
import { changedFilesOfJob, findOpened, settleChange } from '../attachments/opened-rows.ts';
import { takeFromDisk } from '../attachments/take-from-disk.ts';
import { suggestFolders } from '../attachments/watched-folders.ts';
import { AppError } from '../errors.ts';
import type { Requests } from './contract.ts';
import type { None } from './none-contract.ts';
import type { AddFileResult } from './files-contract.ts';
import type { ChangedFile, Inbox, InboxFile, InboxFiles } from './inbox-contract.ts';
import type { Office } from './office.ts';

const MOST_FILES = 500;
const PICTURE_NAME = /\.(png|jpe?g|gif|webp|bmp|avif)$/i;
const MAX_PICTURE_BYTES = 25 * 1024 * 1024;

export const inboxRequests = {
  'watched-folders.add': async (office: Office, { path }: { path: string }): Promise<None> => {
    await office.watchedFolders.add(path);
    return {};
  },
  'watched-folders.remove': async (
    office: Office,
    { folderId }: { folderId: string },
  ): Promise<None> => {
    await office.watchedFolders.remove(folderId);
    return {};
  },
  'watched-folders.suggest': async (office: Office, { path }: { path: string }) => ({
    paths: await suggestFolders(path, office.host.homeFolder),
  }),
  'watched-folders.show-earlier': (office: Office, { folderId }: { folderId: string }): None => {
    office.mirror.transact((mirror) => showFilesFromBefore(mirror, folderId));
    return {};
  },
  'inbox.take': take,
  'inbox.dismiss': (office: Office, { fileIds }: InboxFiles): None => {
    office.mirror.transact((mirror) => setFileState(mirror, fileIds, 'dismissed'));
    return {};
  },
  'inbox.put-back': (office: Office, { fileIds }: InboxFiles): None => {
    office.mirror.transact((mirror) => setFileState(mirror, fileIds, 'new'));
    return {};
  },
  'attachments.open': async (
    office: Office,
    { attachmentId }: Requests['attachments.open']['args'],
  ): Promise<None> => {
    await office.openedFiles.open(attachmentId);
    return {};
  },
  'changed-files.take': (
    { mirror, now }: Office,
    { attachmentId, changedBlobId }: Requests['changed-files.take']['args'],
  ): None => {
    mirror.transact((writable) => {
      const stands = findOpened(writable, attachmentId)?.changedBlobId === changedBlobId;
      const blob = findBlob(writable, changedBlobId);
      if (!stands || blob === undefined) throw new AppError('not-there', { sentence: SAVED_AGAIN });
      addBlob(writable, blob, { addedAt: now(), uploadedAt: null });
    });
    return {};
  },
  'changed-files.settle': (
    office: Office,
    settled: Requests['changed-files.settle']['args'],
  ): None => {
    office.mirror.transact((mirror) => settleChange(mirror, settled));
    return {};
  },
};

const SAVED_AGAIN =
  'It was saved again in the other program just now. Add what it holds now instead.';

/**
 * One bad file never blocks the others; it stays in the Inbox. (D2) What was taken leaves the Inbox in one step at the end, so
 * that whatever goes wrong before, each file is either answered for or still there. [F2]
 */
async function take(
  office: Office,
  { fileIds }: InboxFiles,
): Promise<{ results: readonly AddFileResult[] }> {
  const results: AddFileResult[] = [];
  const taken: InboxRow[] = [];
  for (const fileId of fileIds) {
    const file = findFile(office.mirror, fileId);
    const result = file === undefined ? NO_LONGER_THERE : await takeOne(office, file);
    results.push(result);
    if (file !== undefined && result.kind === 'added') taken.push(file);
  }
  try {
    if (taken.length > 0) office.mirror.transact((mirror) => setTaken(mirror, taken));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const refused = (one: AddFileResult) =>
      one.kind === 'added' ? notAdded(one.name, error) : one;
    return { results: results.map(refused) };
  }
  return { results };
}

const NO_LONGER_THERE: AddFileResult = {
  kind: 'refused',
  name: '',
  sentence: 'A file is no longer in its folder, so it was not added.',
};

/** A full disk, or a share that goes away while it is read, keeps this file out and no other. [F2] (D2) */
async function takeOne(office: Office, file: InboxRow): Promise<AddFileResult> {
  try {
    return await takeFromDisk(office, pathOf(file), file);
  } catch (error) {
    const name = shownName(file.name);
    if (error instanceof AppError) return notAdded(name, error);
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    const sentence = `“${name}” could not be read to its end, so it was not added.`;
    return { kind: 'refused', name, sentence };
  }
}

function notAdded(name: string, { message }: AppError): AddFileResult {
  return { kind: 'refused', name, sentence: `“${name}” was not added. ${message}` };
}

export function inbox({ mirror }: Office): Inbox {
  const counts = countFiles(mirror);
  const countOf = (folderId: string, state: string) =>
    counts.find((row) => row.folderId === folderId && row.state === state)?.count ?? 0;
  return {
    count: counts.reduce((sum, { state, count }) => sum + (state === 'new' ? count : 0), 0),
    files: newFiles(mirror, MOST_FILES).map(inboxFile),
    folders: allFolders(mirror).map(({ id, path, state }) => ({
      folderId: id,
      path,
      state,
      newCount: countOf(id, 'new'),
      earlierCount: countOf(id, 'before'),
    })),
  };
}

export function changedFiles(
  { mirror }: Office,
  { jobId }: { readonly jobId: string },
): readonly ChangedFile[] {
  return changedFilesOfJob(mirror, jobId).map(({ data, changedAt, changedBlobId, problem }) => {
    const { id, name } = JSON.parse(data) as Attachment;
    const blob = changedBlobId === null ? undefined : findBlob(mirror, changedBlobId);
    return {
      attachmentId: id,
      name,
      changedAt: changedAt ?? '',
      changedBlobId,
      file:
        blob === undefined
          ? null
          : { blobId: blob.id, mediaType: blob.mediaType, sizeBytes: blob.sizeBytes },
      problem,
    };
  });
}

/** For a look before it is added. @throws AppError `not-there` */
export async function openInboxFile({ mirror }: Office, fileId: string): Promise<OpenedFile> {
  const file = findFile(mirror, fileId);
  if (file === undefined) throw new AppError('not-there');
  const path = pathOf(file);
  const stands = await lstat(path).catch(() => undefined);
  if (stands?.isFile() !== true || stands.size > MAX_PICTURE_BYTES) throw new AppError('not-there');
  return {
    name: shownName(file.name),
    mediaType: (await sniff(path)).mediaType ?? 'application/octet-stream',
    sizeBytes: stands.size,
    bytes: createReadStream(path, { end: Math.max(0, stands.size - 1) }),
  };
}

const pathOf = ({ folderPath, name }: InboxRow) => join(folderPath, name);

function inboxFile(row: InboxRow): InboxFile {
  return {
    fileId: row.id,
    folderId: row.folderId,
    name: shownName(row.name),
    sizeBytes: row.sizeBytes,
    modifiedAt: new Date(row.modifiedMs).toISOString(),
    url: `/inbox/${row.id}`,
    isPicture: PICTURE_NAME.test(row.name),
    isThere: row.folderState === 'watched',
  };
}
