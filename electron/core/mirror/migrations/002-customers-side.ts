// What the customer's side brings to the desktop: follows, a member's settings, mails and portal links. (F2, F3, A6)

export const customersSide = `
CREATE TABLE follow (
  id TEXT PRIMARY KEY, version INTEGER, position INTEGER NOT NULL, generation INTEGER NOT NULL, data TEXT NOT NULL,
  job_id TEXT NOT NULL, state TEXT NOT NULL
);
CREATE UNIQUE INDEX follow_by_job ON follow (job_id);
CREATE TABLE member_settings (id TEXT PRIMARY KEY, version INTEGER, position INTEGER NOT NULL, generation INTEGER NOT NULL, data TEXT NOT NULL);
CREATE TABLE mail (
  id TEXT PRIMARY KEY, version INTEGER, position INTEGER NOT NULL, generation INTEGER NOT NULL, data TEXT NOT NULL, job_id TEXT NOT NULL
);
CREATE INDEX mail_by_job ON mail (job_id);
CREATE TABLE portal_link (
  id TEXT PRIMARY KEY, version INTEGER, position INTEGER NOT NULL, generation INTEGER NOT NULL, data TEXT NOT NULL, customer_id TEXT NOT NULL
);
CREATE INDEX portal_link_by_customer ON portal_link (customer_id);
`;
