// The tables as Kysely sees them. Booleans are 0 and 1 and JSON is text, so that every dialect stores the same.

export interface Tables {
  readonly server: ServerTable;
  readonly workspace: WorkspaceTable;
  readonly reference_counter: ReferenceCounterTable;
  readonly record: RecordTable;
  readonly deletion: DeletionTable;
  readonly digest: DigestTable;
  readonly settled_mutation: SettledMutationTable;
  readonly sign_in: SignInTable;
  readonly device: DeviceTable;
  readonly portal_link_key: PortalLinkKeyTable;
  readonly customer_session: CustomerSessionTable;
  readonly customer_email: CustomerEmailTable;
  readonly blob: BlobTable;
  readonly queued_mail: QueuedMailTable;
  readonly mail_link: MailLinkTable;
  readonly brought_blob: BroughtBlobTable;
  readonly cleaned_blob: CleanedBlobTable;
  readonly customer_day: CustomerDayTable;
  readonly due_reply: DueReplyTable;
}

/** One row. */
interface ServerTable {
  epoch: string;
}

/** `version` is the workspace's one counter; its row is the last lock of a transaction. [O1] */
interface WorkspaceTable {
  id: string;
  version: number;
  /** The highest version of which a tombstone was forgotten. [L3] */
  horizon: number;
}

/** Apart from `workspace`, because it is locked early and that row must be locked last. [O1] */
interface ReferenceCounterTable {
  workspace_id: string;
  prefix: string;
  next: number;
}

/** Every record that syncs, of whatever kind; `data` is the record, the other columns are what queries ask for. [O2] */
export interface RecordTable {
  workspace_id: string;
  kind: string;
  id: string;
  version: number;
  created_version: number;
  job_id: string | null;
  customer_id: string | null;
  /** Set where the record travels to one member's devices only. [V3] */
  owner_member_id: string | null;
  audience: string | null;
  is_deleted: number;
  data: string;
}

/** One for each version that deleted something; its tombstones are the deleted records of that version. [O2] */
export interface DeletionTable {
  workspace_id: string;
  version: number;
  member_id: string;
  deleted_at: string;
}

/** Kept with every commit, so that no full scan is ever needed. `owner` is a member's id, or '' for what all share. [L5] */
export interface DigestTable {
  workspace_id: string;
  owner: string;
  rows: number;
  sum: number;
}

/** Which mutation ended how. Rows stay: a device may come back after any time. [P1] */
export interface SettledMutationTable {
  workspace_id: string;
  id: string;
  actor_key: string;
  outcome: string;
  /** The customer or job an answer with words is about. */
  about: string | null;
}

interface SignInTable {
  member_id: string;
  workspace_id: string;
  /** Lower case. */
  email: string;
  password_hash: string;
}

export interface DeviceTable {
  token_hash: string;
  workspace_id: string;
  member_id: string;
  client_id: string;
  name: string;
  created_at: string;
  expires_at: string;
  revoked_at: string | null;
  last_seen_at: string | null;
  /** A `DeviceEnd` where somebody else signed it out. */
  ended_how: string | null;
}

/** Which token opens by which link; whether it still does stands in the link's record. */
interface PortalLinkKeyTable {
  token_hash: string;
  workspace_id: string;
  link_id: string;
}

export interface CustomerSessionTable {
  id: string;
  workspace_id: string;
  customer_id: string;
  token_hash: string;
  token_since: string;
  previous_hash: string | null;
  previous_until: string | null;
  device: string;
  created_at: string;
  last_used_at: string;
  expires_at: string;
  ended_at: string | null;
}

/** In lower case; kept with every commit that puts a customer. */
interface CustomerEmailTable {
  workspace_id: string;
  customer_id: string;
  email: string;
}

interface BlobTable {
  workspace_id: string;
  blob_id: string;
  size_bytes: number;
  media_type: string;
  /** ISO 8601; '' where nobody asked since claims are kept. [B4] */
  claimed_at: string;
}

export interface QueuedMailTable {
  workspace_id: string;
  id: string;
  kind: string;
  customer_id: string;
  job_id: string | null;
  member_id: string | null;
  opened_at: string;
  due_at: string | null;
  attempts: number;
  is_open: number;
  /** JSON; who it goes to and how far it got with each. */
  deliveries: string;
  /** The database's when it was queued; empty where that was before mails had one. [L6] */
  epoch: string;
  claimed_by: string | null;
  claimed_until: string | null;
}

export interface MailLinkTable {
  token_hash: string;
  workspace_id: string;
  customer_id: string;
  job_id: string | null;
  address: string;
  created_at: string;
  expires_at: string;
}

/** Scheduled replies that wait for their time; kept with every commit that puts one. (C8) */
export interface DueReplyTable {
  workspace_id: string;
  reply_id: string;
  job_id: string;
  due_at: string;
  /** The database's when a person last scheduled it. [L6] */
  epoch: string;
}

/** Which customer brought which bytes. */
interface CustomerDayTable {
  workspace_id: string;
  customer_id: string;
  day: string;
  messages: number;
  saves: number;
  files: number;
  bytes: number;
}

interface CleanedBlobTable {
  workspace_id: string;
  blob_id: string;
  cleaned_id: string | null;
  by_version: number;
}

interface BroughtBlobTable {
  workspace_id: string;
  customer_id: string;
  blob_id: string;
  brought_at: string;
}
