// Bytes on their way to the server, and which of those that came from there stay on this device. (D7, D8)

export const transfers = `
CREATE TABLE transfer (
  blob_id TEXT PRIMARY KEY,
  -- The server may hold a part of it.
  is_begun INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0,
  -- Why it did not get there at the last try, as a sentence.
  problem TEXT,
  -- No other try can help.
  is_stuck INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

ALTER TABLE blob ADD COLUMN used_at TEXT;
UPDATE blob SET used_at = added_at;

CREATE TABLE kept_job (job_id TEXT PRIMARY KEY, kept_at TEXT NOT NULL) WITHOUT ROWID;
`;
