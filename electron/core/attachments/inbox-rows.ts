// What the mirror's file knows of watched folders and the files seen in them. (D10)

import type { ReadableMirror, WritableMirror } from '../mirror/database.ts';

export type FolderState = 'watched' | 'missing' | 'unreadable';

export interface WatchedFolder {
  readonly id: string;
  readonly path: string;
  readonly addedAt: string;
  readonly state: FolderState;
}

/** `before`: it lay in the folder when that was added. */
export type InboxFileState = 'new' | 'before' | 'taken' | 'dismissed';

/** A file as it stands in its folder. */
export interface FileInFolder {
  readonly name: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

export interface InboxRow extends FileInFolder {
  readonly id: string;
  readonly folderId: string;
  readonly folderPath: string;
  readonly folderState: FolderState;
  readonly foundAt: string;
  readonly state: InboxFileState;
}

const FOLDER = 'id, path, added_at AS addedAt, state';
const FILE = `inbox_file.id AS id, folder_id AS folderId, path AS folderPath, watched_folder.state AS folderState, name,
  size_bytes AS sizeBytes, modified_ms AS modifiedMs, found_at AS foundAt, inbox_file.state AS state`;
const FILES = 'inbox_file JOIN watched_folder ON watched_folder.id = inbox_file.folder_id';

export function allFolders(mirror: ReadableMirror): WatchedFolder[] {
  return mirror.all<WatchedFolder>(`SELECT ${FOLDER} FROM watched_folder ORDER BY added_at, id`);
}

export function insertFolder(
  mirror: WritableMirror,
  folder: Omit<WatchedFolder, 'state'>,
  lyingThere: readonly (FileInFolder & { readonly id: string })[],
): void {
  mirror.run(
    `INSERT INTO watched_folder (id, path, added_at, state) VALUES (@id, @path, @addedAt, 'watched')`,
    { ...folder },
  );
  for (const file of lyingThere)
    mirror.run(
      `INSERT INTO inbox_file (id, folder_id, name, size_bytes, modified_ms, found_at, state)
       VALUES (@id, @folderId, @name, @sizeBytes, @modifiedMs, @foundAt, 'before')`,
      { ...file, folderId: folder.id, foundAt: folder.addedAt },
    );
  mirror.touch('inbox');
}

export function deleteFolder(mirror: WritableMirror, id: string): void {
  mirror.run('DELETE FROM watched_folder WHERE id = @id', { id });
  mirror.touch('inbox');
}

export function setFolderState(mirror: WritableMirror, id: string, state: FolderState): void {
  const changed = mirror.run(
    'UPDATE watched_folder SET state = @state WHERE id = @id AND state <> @state',
    { id, state },
  );
  if (changed > 0) mirror.touch('inbox');
}

/** A file that was taken or dismissed and has changed since is news again; one that is as it was changes nothing. */
export function putFile(
  mirror: WritableMirror,
  file: FileInFolder & {
    readonly id: string;
    readonly folderId: string;
    readonly foundAt: string;
  },
): void {
  const changed = mirror.run(
    `INSERT INTO inbox_file (id, folder_id, name, size_bytes, modified_ms, found_at, state)
     VALUES (@id, @folderId, @name, @sizeBytes, @modifiedMs, @foundAt, 'new')
     ON CONFLICT (folder_id, name) DO UPDATE SET
       size_bytes = excluded.size_bytes, modified_ms = excluded.modified_ms, found_at = excluded.found_at, state = 'new'
     WHERE size_bytes <> excluded.size_bytes OR modified_ms <> excluded.modified_ms`,
    { ...file },
  );
  if (changed > 0) mirror.touch('inbox');
}

export function deleteFile(mirror: WritableMirror, folderId: string, name: string): void {
  mirror.run('DELETE FROM inbox_file WHERE folder_id = @folderId AND name = @name', {
    folderId,
    name,
  });
  mirror.touch('inbox');
}

/** Forgets what no longer lies in the folder. */
export function keepOnly(
  mirror: WritableMirror,
  folderId: string,
  names: ReadonlySet<string>,
): void {
  const gone = mirror
    .all<{ name: string }>('SELECT name FROM inbox_file WHERE folder_id = @folderId', { folderId })
    .filter(({ name }) => !names.has(name));
  for (const { name } of gone) deleteFile(mirror, folderId, name);
}

/** Newest first. */
export function newFiles(mirror: ReadableMirror, limit: number): InboxRow[] {
  return mirror.all<InboxRow>(
    `SELECT ${FILE} FROM ${FILES} WHERE inbox_file.state = 'new'
     ORDER BY found_at DESC, modified_ms DESC, inbox_file.id DESC LIMIT @limit`,
    { limit },
  );
}

export function countFiles(
  mirror: ReadableMirror,
): { folderId: string; state: InboxFileState; count: number }[] {
  return mirror.all(
    'SELECT folder_id AS folderId, state, count(*) AS count FROM inbox_file GROUP BY folder_id, state',
  );
}

export function findFile(mirror: ReadableMirror, id: string): InboxRow | undefined {
  return mirror.get<InboxRow>(`SELECT ${FILE} FROM ${FILES} WHERE inbox_file.id = @id`, { id });
}

export function setFileState(
  mirror: WritableMirror,
  ids: readonly string[],
  state: InboxFileState,
): void {
  mirror.run(
    'UPDATE inbox_file SET state = @state WHERE id IN (SELECT value FROM json_each(@ids))',
    { state, ids: JSON.stringify(ids) },
  );
  mirror.touch('inbox');
}

/** One that was written again since it was seen stays: what was taken is not what lies there now. */
export function setTaken(mirror: WritableMirror, seen: readonly InboxRow[]): void {
  for (const { id, sizeBytes, modifiedMs } of seen)
    mirror.run(
      `UPDATE inbox_file SET state = 'taken'
       WHERE id = @id AND size_bytes = @sizeBytes AND modified_ms = @modifiedMs`,
      { id, sizeBytes, modifiedMs },
    );
  mirror.touch('inbox');
}

export function showFilesFromBefore(mirror: WritableMirror, folderId: string): void {
  mirror.run(
    `UPDATE inbox_file SET state = 'new' WHERE folder_id = @folderId AND state = 'before'`,
    { folderId },
  );
  mirror.touch('inbox');
}
