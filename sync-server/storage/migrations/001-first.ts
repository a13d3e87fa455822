import type { Kysely } from 'kysely';

/** The first tables. Written with Kysely's builder, so SQLite and PostgreSQL get the same. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await createWorkspaceTables(database);
  await createRecordTables(database);
  await createSignInTables(database);
  await createCustomerTables(database);
}

async function createWorkspaceTables({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('server')
    .addColumn('epoch', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createTable('workspace')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('reference_counter')
    .addColumn('workspace_id', 'text', (column) => column.primaryKey().references('workspace.id'))
    .addColumn('prefix', 'text', (column) => column.notNull())
    .addColumn('next', 'bigint', (column) => column.notNull())
    .execute();
}

async function createRecordTables({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('record')
    .addColumn('workspace_id', 'text', (column) => column.notNull().references('workspace.id'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .addColumn('created_version', 'bigint', (column) => column.notNull())
    .addColumn('job_id', 'text')
    .addColumn('customer_id', 'text')
    .addColumn('owner_member_id', 'text')
    .addColumn('audience', 'text')
    .addColumn('is_deleted', 'integer', (column) => column.notNull())
    .addColumn('data', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('record_key', ['workspace_id', 'kind', 'id'])
    .execute();
  await schema
    .createIndex('record_by_version')
    .on('record')
    .columns(['workspace_id', 'version'])
    .execute();
  await schema
    .createIndex('record_by_kind')
    .on('record')
    .columns(['workspace_id', 'kind', 'version', 'id'])
    .execute();
  await schema
    .createIndex('record_by_job')
    .on('record')
    .columns(['workspace_id', 'job_id', 'kind', 'created_version'])
    .execute();
  await schema
    .createIndex('record_by_customer')
    .on('record')
    .columns(['workspace_id', 'customer_id', 'kind'])
    .execute();
  await schema
    .createTable('digest')
    .addColumn('workspace_id', 'text', (column) => column.notNull().references('workspace.id'))
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('rows', 'bigint', (column) => column.notNull())
    .addColumn('sum', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('digest_key', ['workspace_id', 'owner'])
    .execute();
  await schema
    .createTable('settled_mutation')
    .addColumn('workspace_id', 'text', (column) => column.notNull().references('workspace.id'))
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('actor_key', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('settled_mutation_key', ['workspace_id', 'id'])
    .execute();
  await schema
    .createTable('blob')
    .addColumn('workspace_id', 'text', (column) => column.notNull().references('workspace.id'))
    .addColumn('blob_id', 'text', (column) => column.notNull())
    .addColumn('size_bytes', 'bigint', (column) => column.notNull())
    .addColumn('media_type', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('blob_key', ['workspace_id', 'blob_id'])
    .execute();
}

async function createSignInTables({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('sign_in')
    .addColumn('member_id', 'text', (column) => column.primaryKey())
    .addColumn('workspace_id', 'text', (column) => column.notNull().references('workspace.id'))
    .addColumn('email', 'text', (column) => column.notNull().unique())
    .addColumn('password_hash', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createTable('device')
    .addColumn('token_hash', 'text', (column) => column.primaryKey())
    .addColumn('workspace_id', 'text', (column) => column.notNull().references('workspace.id'))
    .addColumn('member_id', 'text', (column) => column.notNull())
    .addColumn('client_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .addColumn('revoked_at', 'text')
    .execute();
}

async function createCustomerTables({ schema }: Kysely<unknown>): Promise<void> {
  for (const table of ['customer_link', 'customer_session']) {
    await schema
      .createTable(table)
      .addColumn('token_hash', 'text', (column) => column.primaryKey())
      .addColumn('workspace_id', 'text', (column) => column.notNull().references('workspace.id'))
      .addColumn('customer_id', 'text', (column) => column.notNull())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addColumn('expires_at', 'text', (column) => column.notNull())
      .addColumn('ended_at', 'text')
      .execute();
    await schema
      .createIndex(`${table}_by_customer`)
      .on(table)
      .columns(['workspace_id', 'customer_id'])
      .execute();
  }
}
