// A portal link is a record that every device of the office has; beside it stands only the hash of its key. Links of before
// were no records: they end here, and the office makes new ones. (A6, E1)

import type { Kysely } from 'kysely';

export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema.dropTable('customer_link').execute();
  await schema
    .createTable('portal_link_key')
    .addColumn('token_hash', 'text', (column) => column.primaryKey())
    .addColumn('workspace_id', 'text', (column) => column.notNull().references('workspace.id'))
    .addColumn('link_id', 'text', (column) => column.notNull())
    .execute();
}
