// What was removed for good and is still to be wiped from this disk: bytes by their id, '' for words alone. (C10)

export const redactions = `
CREATE TABLE wipe_wanted (blob_id TEXT PRIMARY KEY) WITHOUT ROWID;
`;
