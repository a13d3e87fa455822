import type { Kysely } from 'kysely';

/** How much each customer sent on the last day they sent anything. */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('customer_day')
    .addColumn('workspace_id', 'text', (column) => column.notNull().references('workspace.id'))
    .addColumn('customer_id', 'text', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('messages', 'integer', (column) => column.notNull())
    .addColumn('saves', 'integer', (column) => column.notNull())
    .addColumn('files', 'integer', (column) => column.notNull())
    .addColumn('bytes', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('customer_day_key', ['workspace_id', 'customer_id'])
    .execute();
}
