// The statements on mails that wait and on the links in them, one function each.

import { type Kysely, sql } from 'kysely';
import type { CustomerId, JobId, MemberId, WorkspaceId } from '../protocol/ids.ts';
import type { ClaimedMail, Delivery, MailClaim, MailLink, QueuedMail } from './mail-outbox.ts';
import type { Dialect } from './queries.ts';
import type { MailLinkTable, QueuedMailTable, Tables } from './tables.ts';

type Database = Kysely<Tables>;

const MAIL = [
  'workspace_id',
  'id',
  'kind',
  'customer_id',
  'job_id',
  'member_id',
  'opened_at',
  'due_at',
  'attempts',
  'is_open',
  'deliveries',
] as const;
const LINK = [
  'token_hash',
  'workspace_id',
  'customer_id',
  'job_id',
  'address',
  'created_at',
  'expires_at',
] as const;

/** The database's epoch as it stands. [L6] */
const EPOCH = sql<string>`(select epoch from server)`;

const NOT_CLAIMED = { claimed_by: null, claimed_until: null };

export async function upsertMail(database: Database, mail: QueuedMail): Promise<void> {
  const row = mailRow(mail);
  await database
    .insertInto('queued_mail')
    .values({ ...row, ...NOT_CLAIMED, epoch: EPOCH })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'id']).doUpdateSet(row))
    .execute();
}

/** The newest one that more news may join. One of another epoch may have left as the database was then. [L6] */
export async function selectOpenMail(
  database: Database,
  dialect: Dialect,
  of: { workspaceId: string; customerId: string; jobId: string },
): Promise<QueuedMail | undefined> {
  const row = await database
    .selectFrom('queued_mail')
    .select(MAIL)
    .where('workspace_id', '=', of.workspaceId)
    .where('customer_id', '=', of.customerId)
    .where('kind', '=', 'news')
    .where('job_id', '=', of.jobId)
    .where('is_open', '=', 1)
    .where('epoch', '=', EPOCH)
    .orderBy('opened_at', 'desc')
    .$if(dialect.locksRows, (query) => query.forUpdate())
    .executeTakeFirst();
  return row && mailOf(row);
}

/** News of a job of which something has left, or may have, and is not on record yet: how far each mail got. (C10) */
export async function selectLeavingMails(
  database: Database,
  of: { workspaceId: string; jobId: string },
): Promise<readonly Pick<QueuedMail, 'id' | 'deliveries'>[]> {
  const rows = await database
    .selectFrom('queued_mail')
    .select(['id', 'deliveries'])
    .where('workspace_id', '=', of.workspaceId)
    .where('kind', '=', 'news')
    .where('job_id', '=', of.jobId)
    .where('is_open', '=', 0)
    .execute();
  return rows.map(({ id, deliveries }) => {
    return { id, deliveries: JSON.parse(deliveries) as readonly Delivery[] };
  });
}

/** Of one job or of all: what nothing has left of and would be looked at later. */
export async function hastenMails(
  database: Database,
  of: { workspaceId: string; jobId: string | null; by: string },
): Promise<void> {
  const { jobId } = of;
  await database
    .updateTable('queued_mail')
    .set({ due_at: of.by })
    .where('workspace_id', '=', of.workspaceId)
    .where('kind', '=', 'news')
    .where('is_open', '=', 1)
    .where('due_at', '>', of.by)
    .$if(jobId !== null, (query) => query.where('job_id', '=', jobId))
    .execute();
}

/**
 * Chosen and taken in one statement; where rows are locked, one that another process is taking is passed over. Compared by `=`, the
 * choice is made once: of `in` PostgreSQL may ask it again for each row, and then take each row it is answered.
 */
export async function claimDueMail(
  database: Database,
  dialect: Dialect,
  { now, claimant, until }: MailClaim & { readonly now: string },
): Promise<ClaimedMail | undefined> {
  const row = await database
    .updateTable('queued_mail')
    .set((table) => ({
      claimed_by: claimant,
      claimed_until: until,
      is_open: 0,
      attempts: table('attempts', '+', 1),
    }))
    .where((table) =>
      table(
        table.refTuple('workspace_id', 'id'),
        '=',
        table
          .selectFrom('queued_mail')
          .select(['workspace_id', 'id'])
          .where('due_at', '<=', now)
          .where((due) =>
            due.or([due('claimed_until', 'is', null), due('claimed_until', '<=', now)]),
          )
          .orderBy('due_at')
          .limit(1)
          .$if(dialect.locksRows, (query) => query.forUpdate().skipLocked())
          .$asTuple('workspace_id', 'id'),
      ),
    )
    .returning([...MAIL, 'epoch'])
    .executeTakeFirst();
  return row && { ...mailOf(row), epoch: row.epoch };
}

/** True where the claim still holds. */
export async function updateDeliveries(
  database: Database,
  { claimant, until }: MailClaim,
  { workspaceId, id, deliveries }: QueuedMail,
): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable('queued_mail')
    .set({ deliveries: JSON.stringify(deliveries), claimed_until: until })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('claimed_by', '=', claimant)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** True where the claim held until now. */
export async function releaseMail(
  database: Database,
  claimant: string,
  mail: QueuedMail,
): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable('queued_mail')
    .set({ ...mailRow(mail), ...NOT_CLAIMED })
    .where('workspace_id', '=', mail.workspaceId)
    .where('id', '=', mail.id)
    .where('claimed_by', '=', claimant)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** True where the claim held until now. */
export async function deleteMail(
  database: Database,
  claimant: string,
  { workspaceId, id }: QueuedMail,
): Promise<boolean> {
  const { numDeletedRows } = await database
    .deleteFrom('queued_mail')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('claimed_by', '=', claimant)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

export async function deleteDoneMails(database: Database, openedBefore: string): Promise<void> {
  await database
    .deleteFrom('queued_mail')
    .where('due_at', 'is', null)
    .where('opened_at', '<', openedBefore)
    .execute();
}

export function selectSignInMails(
  database: Database,
  of: { workspaceId: string; customerId: string },
  since: string,
) {
  return database
    .selectFrom('queued_mail')
    .select(MAIL)
    .where('workspace_id', '=', of.workspaceId)
    .where('customer_id', '=', of.customerId)
    .where('kind', '=', 'sign_in')
    .where('opened_at', '>', since)
    .execute();
}

/** A claimed mail is looked at again when its claim runs out. */
export async function selectNextMailAt(database: Database): Promise<string | undefined> {
  const row = await database
    .selectFrom('queued_mail')
    .select((table) =>
      table.fn
        .min(
          table
            .case()
            .when('claimed_until', '>', table.ref('due_at'))
            .then(table.ref('claimed_until'))
            .else(table.ref('due_at'))
            .end(),
        )
        .as('at'),
    )
    .where('due_at', 'is not', null)
    .executeTakeFirst();
  return row?.at ?? undefined;
}

/** One statement with the look at the mail it is for; true where that stands. */
export async function insertMailLink(
  database: Database,
  dialect: Dialect,
  { link, mailId }: { readonly link: MailLink; readonly mailId: string },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await database
    .insertInto('mail_link')
    .columns(LINK)
    .expression((table) =>
      table
        .selectFrom('queued_mail')
        .select([
          table.val(link.tokenHash).as('token_hash'),
          table.val(link.workspaceId).as('workspace_id'),
          table.val(link.customerId).as('customer_id'),
          table.val(link.jobId).as('job_id'),
          table.val(link.address).as('address'),
          table.val(link.createdAt).as('created_at'),
          table.val(link.expiresAt).as('expires_at'),
        ])
        .where('workspace_id', '=', link.workspaceId)
        .where('id', '=', mailId)
        .$if(dialect.locksRows, (query) => query.forUpdate()),
    )
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function deleteMailLinks(database: Database, expiredBy: string): Promise<void> {
  await database.deleteFrom('mail_link').where('expires_at', '<=', expiredBy).execute();
}

export async function selectMailLink(
  database: Database,
  tokenHash: string,
  now: string,
): Promise<MailLink | undefined> {
  const row = await database
    .selectFrom('mail_link')
    .select(LINK)
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row && linkOf(row);
}

function mailRow(mail: QueuedMail) {
  return {
    workspace_id: mail.workspaceId,
    id: mail.id,
    kind: mail.kind,
    customer_id: mail.customerId,
    job_id: mail.jobId,
    member_id: mail.memberId,
    opened_at: mail.openedAt,
    due_at: mail.dueAt,
    attempts: mail.attempts,
    is_open: mail.isOpen ? 1 : 0,
    deliveries: JSON.stringify(mail.deliveries),
  };
}

function mailOf(row: Omit<QueuedMailTable, 'claimed_by' | 'claimed_until' | 'epoch'>): QueuedMail {
  return {
    workspaceId: row.workspace_id as WorkspaceId,
    id: row.id,
    kind: row.kind as QueuedMail['kind'],
    customerId: row.customer_id as CustomerId,
    jobId: row.job_id as JobId | null,
    memberId: row.member_id as MemberId | null,
    openedAt: row.opened_at,
    dueAt: row.due_at,
    attempts: row.attempts,
    isOpen: row.is_open !== 0,
    deliveries: JSON.parse(row.deliveries) as readonly Delivery[],
  };
}

function linkOf(row: MailLinkTable): MailLink {
  return {
    tokenHash: row.token_hash,
    workspaceId: row.workspace_id as WorkspaceId,
    customerId: row.customer_id as CustomerId,
    jobId: row.job_id as JobId | null,
    address: row.address,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}
