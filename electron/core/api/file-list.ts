// All files of a job for its Files tab: the newest version of each, the older ones below it. (A3, D9)

import type { ReadableMirror } from '../mirror/database.ts';
import { filesOfJob, type JobFile } from '../mirror/job-files.ts';
import { nameOf } from '../mirror/people.ts';
import type { Reader } from '../mirror/reading.ts';
import { attachmentAs } from './feed-attachment.ts';
import type { FileRow } from './files-contract.ts';

export function fileList(mirror: ReadableMirror, reader: Reader, jobId: string): FileRow[] {
  const names = new Map<string, string>();
  const nameFor = (file: JobFile) => {
    const { author } = file;
    const id = author.kind === 'member' ? author.memberId : author.customerId;
    const known = names.get(id) ?? nameOf(mirror, author);
    names.set(id, known);
    return known;
  };
  const rows = filesOfJob(mirror, jobId).map((file) => ({
    row: rowOf(mirror, reader, file, nameFor(file)),
    replacesId: file.attachment.replacesId,
  }));
  return newestVersions(rows);
}

interface Versioned {
  readonly row: FileRow;
  readonly replacesId: string | undefined;
}

/**
 * Where two people each made a new version of the same file, both stand, and the older one below the newer of them. One
 * that names itself over others as its older version, which no honest device writes, still comes to an end.
 */
export function newestVersions(files: readonly Versioned[]): FileRow[] {
  const byId = new Map<string, Versioned>(files.map((file) => [file.row.id, file]));
  const taken = new Set<string>();
  const replaced = new Set(files.map(({ replacesId }) => replacesId));
  const withOlder = ({ row, replacesId }: Versioned): FileRow => {
    const older: FileRow[] = [];
    let next = replacesId;
    while (next !== undefined && !taken.has(next) && next !== row.id) {
      taken.add(next);
      const version = byId.get(next);
      if (version !== undefined) older.push(version.row);
      next = version?.replacesId;
    }
    return older.length === 0 ? row : { ...row, older };
  };
  const newest = files.filter(({ row }) => !replaced.has(row.id)).map(withOlder);
  const shown = new Set(newest.flatMap(({ id, older }) => [id, ...older.map((each) => each.id)]));
  // In a ring nobody is the newest: then each stands by itself.
  const inRings = files.filter(({ row }) => !shown.has(row.id)).map(({ row }) => row);
  return [...newest, ...inRings];
}

function rowOf(mirror: ReadableMirror, reader: Reader, file: JobFile, authorName: string): FileRow {
  const { attachment, at, author, isPending, onDevice } = file;
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
