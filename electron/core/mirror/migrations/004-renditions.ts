// What is made of the files on this device, behind what a person does: pictures and text, and what still has to be
// looked at. A rendition is named by the blob it was made of, since the same bytes give the same pictures. (D5, G2)

export const renditions = `
CREATE TABLE rendition (blob_id TEXT PRIMARY KEY, data TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE attachment_text (blob_id TEXT PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE file_job (
  blob_id TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('pictures', 'text')), added_at TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (blob_id, kind)
) WITHOUT ROWID;
`;
