// The version a text was last edited at: what a member who had read the job before has not read. (C7, C10)

export const entryEdits = `
ALTER TABLE entry ADD COLUMN edited_version INTEGER;
CREATE INDEX entry_by_edit ON entry (job_id, edited_version) WHERE edited_version IS NOT NULL;
`;
