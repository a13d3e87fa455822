import type { Kysely } from 'kysely';

/** When a device was last heard of, and in which way it was signed out by somebody else. (J1) */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  for (const column of ['last_seen_at', 'ended_how'])
    await schema.alterTable('device').addColumn(column, 'text').execute();
  await schema
    .createIndex('device_by_member')
    .on('device')
    .columns(['workspace_id', 'member_id'])
    .execute();
}
