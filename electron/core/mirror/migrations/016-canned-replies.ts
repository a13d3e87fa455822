// Canned replies: few, so that a search reads them all. What makes one is looked for like other makers. (C6) [P2]

export const cannedReplies = `
CREATE TABLE canned_reply (
  id TEXT PRIMARY KEY, version INTEGER, position INTEGER NOT NULL, generation INTEGER NOT NULL, data TEXT NOT NULL,
  owner_id TEXT, title TEXT NOT NULL, has_files INTEGER NOT NULL, search TEXT NOT NULL
);
CREATE INDEX canned_reply_by_title ON canned_reply (title COLLATE NOCASE, id);
CREATE INDEX canned_reply_with_files ON canned_reply (id) WHERE has_files = 1;
DROP INDEX outbox_makers;
CREATE INDEX outbox_makers ON outbox (seq) WHERE name IN (
  'create_job', 'create_customer', 'create_pipeline', 'create_canned_reply', 'move_canned_reply'
);
`;
