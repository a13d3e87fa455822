// Folders a person has Docket watch, the files seen in them, and files opened with another program. (D9, D10)

export const watchedFolders = `
CREATE TABLE watched_folder (
  id TEXT PRIMARY KEY, path TEXT NOT NULL UNIQUE, added_at TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('watched', 'missing', 'unreadable'))
) WITHOUT ROWID;
CREATE TABLE inbox_file (
  id TEXT PRIMARY KEY, folder_id TEXT NOT NULL REFERENCES watched_folder (id) ON DELETE CASCADE,
  name TEXT NOT NULL, size_bytes INTEGER NOT NULL, modified_ms INTEGER NOT NULL, found_at TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('new', 'before', 'taken', 'dismissed')),
  UNIQUE (folder_id, name)
) WITHOUT ROWID;
CREATE INDEX inbox_file_new ON inbox_file (found_at DESC) WHERE state = 'new';
CREATE TABLE opened_file (
  attachment_id TEXT PRIMARY KEY, path TEXT NOT NULL UNIQUE, blob_id TEXT NOT NULL, opened_at TEXT NOT NULL,
  changed_blob_id TEXT, changed_at TEXT, problem TEXT
) WITHOUT ROWID;
`;
