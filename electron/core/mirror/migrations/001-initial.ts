// Mirror, outbox, transfers and checkpoint in one file, since WAL commits are not atomic across attached files. [F3]
//
// Every record keeps its JSON whole in `data`; the other columns are what queries need. `version` is null while a
// pending mutation's effect stands over it; `position` is the version a record was born at, or, while pending, a number
// past every version, so that what waits stands at the end of the feed. (B5) `generation` counts fresh copies: what a
// fresh copy has not brought again is swept away at its end. [L3]

export const initial = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE workspace (id TEXT PRIMARY KEY, version INTEGER, position INTEGER NOT NULL, generation INTEGER NOT NULL, data TEXT NOT NULL);
CREATE TABLE member (id TEXT PRIMARY KEY, version INTEGER, position INTEGER NOT NULL, generation INTEGER NOT NULL, data TEXT NOT NULL, name TEXT NOT NULL);
CREATE TABLE pipeline (id TEXT PRIMARY KEY, version INTEGER, position INTEGER NOT NULL, generation INTEGER NOT NULL, data TEXT NOT NULL);
CREATE TABLE customer (
  id TEXT PRIMARY KEY, version INTEGER, position INTEGER NOT NULL, generation INTEGER NOT NULL, data TEXT NOT NULL,
  name TEXT NOT NULL, search TEXT NOT NULL
);
CREATE TABLE job (
  id TEXT PRIMARY KEY, version INTEGER, position INTEGER NOT NULL, generation INTEGER NOT NULL, data TEXT NOT NULL,
  customer_id TEXT NOT NULL, pipeline_id TEXT NOT NULL, stage_id TEXT NOT NULL, assignee_id TEXT,
  last_activity_at TEXT NOT NULL, search TEXT NOT NULL
);
CREATE INDEX job_by_activity ON job (last_activity_at DESC, id DESC);
CREATE INDEX job_by_pipeline ON job (pipeline_id, last_activity_at DESC, id DESC);

CREATE TABLE entry (
  id TEXT PRIMARY KEY, version INTEGER, position INTEGER NOT NULL, generation INTEGER NOT NULL, data TEXT NOT NULL,
  job_id TEXT NOT NULL, kind TEXT NOT NULL, audience TEXT NOT NULL, author_id TEXT NOT NULL,
  from_customer INTEGER NOT NULL, has_files INTEGER NOT NULL, search TEXT NOT NULL
);
CREATE INDEX entry_by_job ON entry (job_id, position, id);
CREATE INDEX entry_from_customer ON entry (position) WHERE from_customer = 1;

CREATE TABLE attachment (
  id TEXT PRIMARY KEY, version INTEGER, position INTEGER NOT NULL, generation INTEGER NOT NULL, data TEXT NOT NULL,
  job_id TEXT NOT NULL, entry_id TEXT NOT NULL, blob_id TEXT NOT NULL
);
CREATE INDEX attachment_by_entry ON attachment (entry_id);
CREATE INDEX attachment_by_job ON attachment (job_id);

CREATE TABLE read_mark (
  id TEXT PRIMARY KEY, version INTEGER, position INTEGER NOT NULL, generation INTEGER NOT NULL, data TEXT NOT NULL,
  job_id TEXT NOT NULL, read_through_version INTEGER NOT NULL
);
CREATE UNIQUE INDEX read_mark_by_job ON read_mark (job_id);
CREATE TABLE portal_visit (
  id TEXT PRIMARY KEY, version INTEGER, position INTEGER NOT NULL, generation INTEGER NOT NULL, data TEXT NOT NULL, job_id TEXT NOT NULL
);

CREATE TABLE outbox (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  args TEXT NOT NULL,
  written_at TEXT NOT NULL,
  job_id TEXT,
  depends_on TEXT NOT NULL,
  blob_ids TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'accepted', 'parked')),
  accepted_version INTEGER,
  may_have_arrived INTEGER NOT NULL DEFAULT 0,
  outcome TEXT,
  before_images TEXT NOT NULL
);
CREATE INDEX outbox_by_job ON outbox (job_id);

CREATE TABLE sync_log (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, event TEXT NOT NULL, details TEXT NOT NULL
);

CREATE TABLE blob (
  id TEXT PRIMARY KEY, media_type TEXT NOT NULL, size_bytes INTEGER NOT NULL, added_at TEXT NOT NULL,
  uploaded_at TEXT
) WITHOUT ROWID;
`;
