// Which pictures the server has not been told of, and files by their bytes. (D5)

export const renditionNews = `
ALTER TABLE rendition ADD COLUMN told_at TEXT;
CREATE INDEX rendition_untold ON rendition (blob_id) WHERE told_at IS NULL;
CREATE INDEX attachment_by_blob ON attachment (blob_id);
`;
