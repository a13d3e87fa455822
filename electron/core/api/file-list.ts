// The files of a job for its Files tab: the newest version of each, the older ones below it; all of them in brief, and those
// around what is on the screen as they are shown. (A3, D9)

import { MEDIA_TYPES } from '../../../sync-server/protocol/blobs.ts';
import type { AttachmentId, JobId } from '../../../sync-server/protocol/ids.ts';
import type { ReadableMirror } from '../mirror/database.ts';
import { filesOfJob, type JobFile, type ShownJobFile, shownFiles } from '../mirror/job-files.ts';
import { nameOf } from '../mirror/people.ts';
import type { Reader } from '../mirror/reading.ts';
import { attachmentAs } from './feed-attachment.ts';
import { countFiles, sieved, type SievedFile } from './file-sieve.ts';
import type { FileBrief, FileList, FileListArgs, FileRow } from './files-contract.ts';

export function fileList(mirror: ReadableMirror, reader: Reader, args: FileListArgs): FileList {
  const all = newestOfJob(mirror, reader, args.jobId);
  const shown = sieved(all, args.sieve);
  const onScreen = shown.slice(args.offset, args.offset + args.limit);
  return {
    counts: countFiles(all),
    order: shown.map(briefOf),
    rows: rowsOf(mirror, reader, args.jobId, onScreen),
  };
}

/** Of some files, in the order asked; what is no longer there, or is an older version, is left out. */
export function fileRows(
  mirror: ReadableMirror,
  reader: Reader,
  jobId: JobId,
  ids: readonly AttachmentId[],
): FileRow[] {
  const byId = new Map(newestOfJob(mirror, reader, jobId).map((file) => [file.id, file]));
  const asked = ids.map((id) => byId.get(id)).filter((file) => file !== undefined);
  return rowsOf(mirror, reader, jobId, asked);
}

function newestOfJob(mirror: ReadableMirror, reader: Reader, jobId: JobId): SievedFile[] {
  const files = filesOfJob(mirror, jobId);
  const byId = new Map(files.map((file) => [file.attachment.id, file]));
  return newestVersions(files.map(({ attachment }) => attachment)).map(({ id, older }) =>
    sievedFile(reader, byId.get(id) as JobFile, older),
  );
}

interface Versioned {
  readonly id: AttachmentId;
  readonly replacesId?: AttachmentId | undefined;
}

/**
 * Where two people each made a new version of the same file, both stand, and the older one below the newer of them. One
 * that names itself over others as its older version, which no honest device writes, still comes to an end.
 */
export function newestVersions(
  files: readonly Versioned[],
): { readonly id: AttachmentId; readonly older: readonly AttachmentId[] }[] {
  const byId = new Map(files.map((file) => [file.id, file]));
  const taken = new Set<AttachmentId>();
  const replaced = new Set(files.map(({ replacesId }) => replacesId));
  const withOlder = ({ id, replacesId }: Versioned) => {
    const older: AttachmentId[] = [];
    let next = replacesId;
    while (next !== undefined && !taken.has(next) && next !== id) {
      taken.add(next);
      const version = byId.get(next);
      if (version !== undefined) older.push(version.id);
      next = version?.replacesId;
    }
    return { id, older };
  };
  const newest = files.filter(({ id }) => !replaced.has(id)).map(withOlder);
  const shown = new Set(newest.flatMap(({ id, older }) => [id, ...older]));
  // In a ring nobody is the newest: then each stands by itself.
  const inRings = files.filter(({ id }) => !shown.has(id)).map(({ id }) => ({ id, older: [] }));
  return [...newest, ...inRings];
}

function sievedFile(
  { memberId }: Reader,
  { attachment, at }: JobFile,
  older: readonly AttachmentId[],
): SievedFile {
  const { id, name, mediaType, sizeBytes, audience, author, redacted, withdrawn } = attachment;
  const isUndone = redacted !== undefined || withdrawn !== undefined;
  return {
    id,
    name,
    mediaType,
    typeName: MEDIA_TYPES[mediaType] ?? 'File',
    at,
    sizeBytes,
    audience,
    mine: author.kind === 'member' && author.memberId === memberId,
    fromCustomer: author.kind === 'customer',
    undone: isUndone ? { how: redacted === undefined ? 'withdrawn' : 'redacted' } : null,
    older,
  };
}

function briefOf(file: SievedFile): FileBrief {
  const { id, sizeBytes, audience, mine, fromCustomer, undone, older } = file;
  return { id, sizeBytes, audience, mine, fromCustomer, undone, older };
}

function rowsOf(
  mirror: ReadableMirror,
  reader: Reader,
  jobId: JobId,
  files: readonly SievedFile[],
): FileRow[] {
  const ids = files.flatMap(({ id, older }) => [id, ...older]);
  const names = new Map<string, string>();
  const authorName = ({ attachment: { author } }: JobFile) => {
    const id = author.kind === 'member' ? author.memberId : author.customerId;
    const known = names.get(id) ?? nameOf(mirror, author);
    names.set(id, known);
    return known;
  };
  const byId = new Map(
    shownFiles(mirror, jobId, ids).map((file) => [
      file.attachment.id,
      rowOf(mirror, reader, file, authorName(file)),
    ]),
  );
  const rowFor = (id: AttachmentId) => byId.get(id) as FileRow;
  return files.map(({ id, older }) => ({
    ...rowFor(id),
    older: older.map(rowFor),
  }));
}

function rowOf(
  mirror: ReadableMirror,
  reader: Reader,
  file: ShownJobFile,
  authorName: string,
): FileRow {
  const { attachment, at, isPending, onDevice } = file;
  const { author } = attachment;
  const made = attachment.renditions ?? file.madeHere;
  return {
    ...attachmentAs(mirror, reader, attachment, { made, onDevice }),
    entryId: attachment.entryId,
    at,
    authorName,
    mine: author.kind === 'member' && author.memberId === reader.memberId,
    fromCustomer: author.kind === 'customer',
    isWaiting: isPending,
    older: [],
  };
}
