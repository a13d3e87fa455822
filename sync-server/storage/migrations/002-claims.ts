import type { Kysely } from 'kysely';

/** When somebody last sent or asked for a blob: what no record names stays for a grace time after it. [B4] */
export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .alterTable('blob')
    .addColumn('claimed_at', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
}
