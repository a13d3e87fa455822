// Pipelines are made on devices too, and an index serves only a question that names no more than it does: without this one
// each click read the whole outbox. (H1)

export const outboxMakers = `
DROP INDEX outbox_makers;
CREATE INDEX outbox_makers ON outbox (seq) WHERE name IN ('create_job', 'create_customer', 'create_pipeline');
`;
