// PostgreSQL itself notes whose pages a write may concern, as SQLite's triggers tell it, so that nothing that writes a row,
// now or later, can forget to. Which of it was committed since a process last looked, snapshots say: numbers would not, since
// they are given out in another order than transactions end in. (V1)

import { type Kysely, sql } from 'kysely';

/** Written with every read mark and follow; none is part of a customer's page (change-watch.ts says of which kinds that is so). */
const NOBODYS =
  "('mail', 'read_mark', 'follow', 'member_settings', 'canned_reply', 'scheduled_reply')";

const WRITES = [
  ['insert', 'new'],
  ['update', 'old'],
  ['update', 'new'],
  ['delete', 'old'],
] as const;

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`create table change_note (
    transaction xid8 not null default pg_current_xact_id(),
    noted_at timestamptz not null default clock_timestamp(),
    workspace_id text not null, kind text not null, id text not null,
    customer_id text, customer_of_job text)`.execute(database);
  await sql`create index change_note_by_transaction on change_note (transaction)`.execute(database);
  await sql`create index change_note_by_time on change_note (noted_at)`.execute(database);
  await sql`create function docket_note_records() returns trigger language plpgsql as $$
    begin
      insert into change_note (workspace_id, kind, id, customer_id, customer_of_job)
      select distinct changed.workspace_id, changed.kind, case changed.kind when 'customer' then changed.id else '' end,
        changed.customer_id, job.customer_id
      from changed left join record as job
        on job.workspace_id = changed.workspace_id and job.kind = 'job' and job.id = changed.job_id
      where changed.kind not in ${sql.raw(NOBODYS)};
      return null;
    end $$`.execute(database);
  await sql`create function docket_note_sessions() returns trigger language plpgsql as $$
    begin
      insert into change_note (workspace_id, kind, id, customer_id)
      select distinct workspace_id, 'customer_session', '', customer_id from changed;
      return null;
    end $$`.execute(database);
  for (const [table, note] of [
    ['record', 'docket_note_records'],
    ['customer_session', 'docket_note_sessions'],
  ] as const)
    for (const [event, rows] of WRITES)
      await sql`create trigger ${sql.id(`docket_${event}_${rows}`)} after ${sql.raw(event)} on ${sql.table(table)}
        referencing ${sql.raw(rows)} table as changed
        for each statement execute function ${sql.id(note)}()`.execute(database);
}
