// Asked at every click: which bytes wait to be sent. Without this the answer took a look at everything that waits. (H1)

export const outboxWithBlobs = `
CREATE INDEX outbox_with_blobs ON outbox (seq) WHERE blob_ids <> '[]';
`;
