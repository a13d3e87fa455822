// Questions asked of the outbox at every click are answered by an index, however much waits. (H1)

export const outboxByContent = `
CREATE INDEX outbox_by_entry ON outbox (args ->> '$.entryId');
CREATE INDEX outbox_makers ON outbox (seq) WHERE name IN ('create_job', 'create_customer');
`;
