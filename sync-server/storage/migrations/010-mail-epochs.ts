import type { Kysely } from 'kysely';

/** In which epoch a mail was queued: what mailboxes have of another one, nobody here knows. [L6] (F2) */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .alterTable('queued_mail')
    .addColumn('epoch', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
}
