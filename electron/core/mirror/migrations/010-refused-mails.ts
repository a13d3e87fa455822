// Mails that an address refused ring the bell, so they are found without reading every mail. (F2, F3)

export const refusedMails = `
ALTER TABLE mail ADD COLUMN is_refused INTEGER NOT NULL DEFAULT 0;
CREATE INDEX mail_refused ON mail (job_id, version) WHERE is_refused = 1;
`;
