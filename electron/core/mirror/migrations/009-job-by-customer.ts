// A customer's jobs, and how many there are, beside 10,000 customers in a list. (A6)

export const jobByCustomer = `
CREATE INDEX job_by_customer ON job (customer_id, last_activity_at DESC, id DESC);
CREATE INDEX customer_by_name ON customer (name COLLATE NOCASE, id);
`;
