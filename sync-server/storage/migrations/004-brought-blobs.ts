import type { Kysely } from 'kysely';

/** Which customer brought which bytes to the portal. (E4) */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('brought_blob')
    .addColumn('workspace_id', 'text', (column) => column.notNull().references('workspace.id'))
    .addColumn('customer_id', 'text', (column) => column.notNull())
    .addColumn('blob_id', 'text', (column) => column.notNull())
    .addColumn('brought_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('brought_blob_key', ['workspace_id', 'customer_id', 'blob_id'])
    .execute();
}
