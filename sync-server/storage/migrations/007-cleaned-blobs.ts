import type { Kysely } from 'kysely';

/** Which bytes are a photo's without its place, so that it is looked through once. (D6) */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('cleaned_blob')
    .addColumn('workspace_id', 'text', (column) => column.notNull().references('workspace.id'))
    .addColumn('blob_id', 'text', (column) => column.notNull())
    .addColumn('cleaned_id', 'text')
    .addColumn('by_version', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('cleaned_blob_key', ['workspace_id', 'blob_id'])
    .execute();
}
