import type { Kysely } from 'kysely';

/** Mails that wait to be handed over, and the links that left in them. (F2, E1) */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('queued_mail')
    .addColumn('workspace_id', 'text', (column) => column.notNull().references('workspace.id'))
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('customer_id', 'text', (column) => column.notNull())
    .addColumn('job_id', 'text')
    .addColumn('member_id', 'text')
    .addColumn('opened_at', 'text', (column) => column.notNull())
    .addColumn('due_at', 'text')
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('is_open', 'integer', (column) => column.notNull())
    .addColumn('deliveries', 'text', (column) => column.notNull())
    .addColumn('claimed_by', 'text')
    .addColumn('claimed_until', 'text')
    .addPrimaryKeyConstraint('queued_mail_key', ['workspace_id', 'id'])
    .execute();
  await schema.createIndex('queued_mail_by_due').on('queued_mail').column('due_at').execute();
  await schema
    .createIndex('queued_mail_by_customer')
    .on('queued_mail')
    .columns(['workspace_id', 'customer_id', 'kind'])
    .execute();
  await schema
    .createTable('mail_link')
    .addColumn('token_hash', 'text', (column) => column.primaryKey())
    .addColumn('workspace_id', 'text', (column) => column.notNull().references('workspace.id'))
    .addColumn('customer_id', 'text', (column) => column.notNull())
    .addColumn('job_id', 'text')
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .execute();
  await schema.createIndex('mail_link_by_expiry').on('mail_link').column('expires_at').execute();
}
