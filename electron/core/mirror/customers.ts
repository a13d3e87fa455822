// The customers' list and what stands beside one of them. (A6)

import type { CustomerId } from '../../../sync-server/protocol/ids.ts';
import type { Customer } from '../../../sync-server/protocol/records.ts';
import type { NamedBindings, ReadableMirror } from './database.ts';
import { type Reader, readerBindings, UNREAD_ENTRY } from './reading.ts';
import { wordConditions } from './searchable.ts';

export interface CustomerListRow {
  readonly customer: Customer;
  readonly jobCount: number;
  readonly unread: boolean;
  readonly waiting: boolean;
}

export function countCustomers(mirror: ReadableMirror, search: string): number {
  const { where, bindings } = filterOf(search);
  const row = mirror.get<{ count: number }>(
    `SELECT count(*) AS count FROM customer ${where}`,
    bindings,
  );
  return row?.count ?? 0;
}

/** By name; the id settles ties, so that pages never overlap. */
export function listCustomers(
  mirror: ReadableMirror,
  reader: Reader,
  page: { readonly search: string; readonly offset: number; readonly limit: number },
): CustomerListRow[] {
  const { where, bindings } = filterOf(page.search);
  return mirror
    .all<{ data: string; jobs: number; unread: number; version: number | null }>(
      `SELECT data, version,
         (SELECT count(*) FROM job WHERE job.customer_id = customer.id) AS jobs,
         EXISTS (SELECT 1 FROM job LEFT JOIN read_mark ON read_mark.job_id = job.id
           WHERE job.customer_id = customer.id
             AND EXISTS (SELECT 1 FROM entry WHERE entry.job_id = job.id AND ${UNREAD_ENTRY})) AS unread
       FROM customer ${where} ORDER BY name COLLATE NOCASE, id LIMIT @limit OFFSET @offset`,
      { ...readerBindings(reader), ...bindings, limit: page.limit, offset: page.offset },
    )
    .map((row) => ({
      customer: JSON.parse(row.data) as Customer,
      jobCount: row.jobs,
      unread: row.unread === 1,
      waiting: row.version === null,
    }));
}

export function countJobsOfCustomer(mirror: ReadableMirror, customerId: string): number {
  const row = mirror.get<{ count: number }>(
    'SELECT count(*) AS count FROM job WHERE customer_id = @customerId',
    { customerId },
  );
  return row?.count ?? 0;
}

/** Other customers one of the emails belongs to as well, whatever its case. */
export function sharersOf(
  mirror: ReadableMirror,
  { id, emails }: Pick<Customer, 'id' | 'emails'>,
): { email: string; customerId: CustomerId; name: string }[] {
  if (emails.length === 0) return [];
  return mirror.all(
    `SELECT lower(email.value) AS email, customer.id AS customerId, customer.name AS name
     FROM customer, json_each(customer.data, '$.emails') AS email
     WHERE customer.id <> @id AND lower(email.value) IN (SELECT lower(value) FROM json_each(@emails))
     ORDER BY email, customer.name LIMIT 20`,
    { id, emails: JSON.stringify(emails) },
  );
}

function filterOf(search: string): { where: string; bindings: NamedBindings } {
  const { conditions, bindings } = wordConditions('search', search);
  return { where: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`, bindings };
}

/** By name, 50 at most. */
export function findCustomers(mirror: ReadableMirror, search: string): Customer[] {
  const { where, bindings } = filterOf(search);
  return mirror
    .all<{ data: string }>(`SELECT data FROM customer ${where} ORDER BY name LIMIT 50`, bindings)
    .map(({ data }) => JSON.parse(data) as Customer);
}
