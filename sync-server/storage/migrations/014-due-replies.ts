import type { Kysely } from 'kysely';

/** When each scheduled reply is to be sent, so that nobody looks through all of them. (C8) */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('due_reply')
    .addColumn('workspace_id', 'text', (column) => column.notNull().references('workspace.id'))
    .addColumn('reply_id', 'text', (column) => column.notNull())
    .addColumn('job_id', 'text', (column) => column.notNull())
    .addColumn('due_at', 'text', (column) => column.notNull())
    .addColumn('epoch', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('due_reply_key', ['workspace_id', 'reply_id'])
    .execute();
  await schema.createIndex('due_reply_by_time').on('due_reply').column('due_at').execute();
}
