// When each version deleted something and who did, up to where deletions are forgotten, and whose words an answer may quote.
// [O2, L3]

import type { Kysely } from 'kysely';

export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('deletion')
    .addColumn('workspace_id', 'text', (column) => column.notNull().references('workspace.id'))
    .addColumn('version', 'bigint', (column) => column.notNull())
    .addColumn('member_id', 'text', (column) => column.notNull())
    .addColumn('deleted_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('deletion_key', ['workspace_id', 'version'])
    .execute();
  await schema.createIndex('deletion_by_time').on('deletion').column('deleted_at').execute();
  await schema
    .alterTable('workspace')
    .addColumn('horizon', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  await schema.alterTable('settled_mutation').addColumn('about', 'text').execute();
  await schema
    .createIndex('settled_mutation_by_about')
    .on('settled_mutation')
    .columns(['workspace_id', 'about'])
    .where('about', 'is not', null)
    .execute();
}
