// Sessions get a life longer than their tokens, words for the device, and the time they were last used; customers' email
// addresses can be looked up. Sessions of before end here: their forms would not go with the new ones. (E1)

import { type Kysely, sql } from 'kysely';
import { emailsIn } from '../customer-emails.ts';

const EMAILS_PER_INSERT = 500;

export async function up(database: Kysely<unknown>): Promise<void> {
  const { schema } = database;
  await schema.dropTable('customer_session').execute();
  await schema
    .createTable('customer_session')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('workspace_id', 'text', (column) => column.notNull().references('workspace.id'))
    .addColumn('customer_id', 'text', (column) => column.notNull())
    .addColumn('token_hash', 'text', (column) => column.notNull().unique())
    .addColumn('token_since', 'text', (column) => column.notNull())
    .addColumn('previous_hash', 'text')
    .addColumn('previous_until', 'text')
    .addColumn('device', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('last_used_at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .addColumn('ended_at', 'text')
    .execute();
  await schema
    .createIndex('customer_session_by_previous')
    .on('customer_session')
    .column('previous_hash')
    .execute();
  await schema
    .createIndex('customer_session_by_customer')
    .on('customer_session')
    .columns(['workspace_id', 'customer_id'])
    .execute();
  await schema
    .createTable('customer_email')
    .addColumn('workspace_id', 'text', (column) => column.notNull().references('workspace.id'))
    .addColumn('customer_id', 'text', (column) => column.notNull())
    .addColumn('email', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('customer_email_key', ['workspace_id', 'customer_id', 'email'])
    .execute();
  await schema
    .createIndex('customer_email_by_email')
    .on('customer_email')
    .column('email')
    .execute();
  await fillEmails(database);
}

async function fillEmails(database: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{
    workspace_id: string;
    id: string;
    data: string;
  }>`SELECT workspace_id, id, data FROM record WHERE kind = 'customer' AND is_deleted = 0`.execute(
    database,
  );
  const emails = rows.flatMap(({ workspace_id, id, data }) =>
    emailsIn(data).map((email) => sql`(${workspace_id}, ${id}, ${email})`),
  );
  for (let start = 0; start < emails.length; start += EMAILS_PER_INSERT)
    await sql`INSERT INTO customer_email (workspace_id, customer_id, email) VALUES ${sql.join(
      emails.slice(start, start + EMAILS_PER_INSERT),
    )}`.execute(database);
}
