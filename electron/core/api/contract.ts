// The renderer's whole world: what it can ask, watch and be told, part by part. Both hosts carry this contract as it stands here.

import type { BellQueries, BellRequests } from './bell-contract.ts';
import type { CannedQueries, CannedRequests } from './canned-contract.ts';
import type { CareQueries, CareRequests } from './care-contract.ts';
import type { DesktopQueries, DesktopRequests } from './desktop-contract.ts';
import type { EditRequests } from './edits-contract.ts';
import type { ExportQueries, ExportRequests } from './exports-contract.ts';
import type { FileQueries, FileRequests } from './files-contract.ts';
import type { InboxQueries, InboxRequests } from './inbox-contract.ts';
import type { JobQueries, JobRequests } from './jobs-contract.ts';
import type { KeepingQueries, KeepingRequests } from './keeping-contract.ts';
import type { LeakRequests } from './leaks-contract.ts';
import type { MemberRequests } from './members-contract.ts';
import type { NoticeQueries, NoticeRequests } from './notices-contract.ts';
import type { OutboxQueries, OutboxRequests } from './outbox-contract.ts';
import type { ScheduledQueries, ScheduledRequests } from './scheduled-contract.ts';
import type { SearchQueries } from './search-contract.ts';
import type { SessionQueries, SessionRequests } from './session-contract.ts';
import type { TransferQueries, TransferRequests } from './transfers-contract.ts';

/** Asked once, answered once. An answer of a write means: it is on this disk for good. [B1, F3] */
export interface Requests
  extends SessionRequests,
    MemberRequests,
    JobRequests,
    BellRequests,
    LeakRequests,
    OutboxRequests,
    InboxRequests,
    CareRequests,
    CannedRequests,
    EditRequests,
    FileRequests,
    ExportRequests,
    TransferRequests,
    KeepingRequests,
    NoticeRequests,
    DesktopRequests,
    ScheduledRequests {}

/** Live: answered at once and again whenever the answer changes. */
export interface Queries
  extends SessionQueries,
    JobQueries,
    BellQueries,
    SearchQueries,
    OutboxQueries,
    InboxQueries,
    CareQueries,
    CannedQueries,
    FileQueries,
    ExportQueries,
    TransferQueries,
    KeepingQueries,
    NoticeQueries,
    DesktopQueries,
    ScheduledQueries {}

// The wire between renderer and core: one shape of message for MessagePort and WebSocket alike.

export type RequestName = keyof Requests;
export type QueryName = keyof Queries;

export type ToCore =
  | { readonly kind: 'request'; readonly id: number; readonly name: string; readonly args: unknown }
  | { readonly kind: 'watch'; readonly id: number; readonly name: string; readonly args: unknown }
  | { readonly kind: 'unwatch'; readonly id: number };

export type FromCore =
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  /** Answers a request or a watch that failed. `sentence` is for a person. */
  | {
      readonly kind: 'failed';
      readonly id: number;
      readonly error: string;
      readonly sentence: string;
    }
  | { readonly kind: 'update'; readonly id: number; readonly value: unknown };
