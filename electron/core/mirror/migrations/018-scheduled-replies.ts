// Customer replies that the server sends at a time; of those that ended only where they stood is kept. (C8)

export const scheduledReplies = `
CREATE TABLE scheduled_reply (
  id TEXT PRIMARY KEY, version INTEGER, position INTEGER NOT NULL, generation INTEGER NOT NULL, data TEXT NOT NULL,
  job_id TEXT NOT NULL, send_at TEXT NOT NULL, state TEXT NOT NULL
);
CREATE INDEX scheduled_reply_by_job ON scheduled_reply (job_id);
CREATE INDEX scheduled_reply_open ON scheduled_reply (send_at) WHERE state <> 'ended';
`;
