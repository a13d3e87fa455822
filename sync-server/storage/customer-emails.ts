// Whose an email address is, kept beside the customers' records so that asking for a link does not read them all. (E1)

import type { Kysely } from 'kysely';
import type { Customer } from '../protocol/records.ts';
import type { RecordTable, Tables } from './tables.ts';

export async function updateCustomerEmails(
  database: Kysely<Tables>,
  rows: readonly RecordTable[],
): Promise<void> {
  for (const row of rows) {
    if (row.kind !== 'customer') continue;
    await database
      .deleteFrom('customer_email')
      .where('workspace_id', '=', row.workspace_id)
      .where('customer_id', '=', row.id)
      .execute();
    const emails = row.is_deleted === 0 ? emailsIn(row.data) : [];
    if (emails.length === 0) continue;
    await database
      .insertInto('customer_email')
      .values(
        emails.map((email) => {
          return { workspace_id: row.workspace_id, customer_id: row.id, email };
        }),
      )
      .execute();
  }
}

/** In lower case, each once. */
export function emailsIn(data: string): readonly string[] {
  const { emails } = JSON.parse(data) as Pick<Customer, 'emails'>;
  return [...new Set(emails.map((email) => email.toLowerCase()))];
}

export function selectCustomersByEmail(database: Kysely<Tables>, email: string) {
  return database
    .selectFrom('customer_email')
    .select(['workspace_id', 'customer_id'])
    .where('email', '=', email.toLowerCase())
    .orderBy('workspace_id')
    .orderBy('customer_id')
    .execute();
}
