// The part of the contract that is about who is signed in, how the sync stands, and who else is there. (H7, H8)

import type { DeviceEnd } from '../../../sync-server/protocol/device-end.ts';
import type { JobId, MemberId } from '../../../sync-server/protocol/ids.ts';
import type { Member, Workspace } from '../../../sync-server/protocol/records.ts';
import type { None } from './none-contract.ts';

export interface SessionRequests {
  'session.sign-in': { args: SignIn; answer: SignInResult };
  /** Keeps the mirror and everything unsent; the next sign-in of the same member goes on. */
  'session.sign-out': { args: None; answer: None };
  /** Where a window is, said again every few seconds; null where it shows no job or is not looked at. (H8) */
  'presence.here': {
    args: { windowId: string; place: { jobId: JobId; isWriting: boolean } | null };
    answer: None;
  };
  /** Once more, where the office on this disk could not be opened. */
  'session.open': { args: None; answer: None };
  /** A person has read what became of a damaged database. */
  'sync.rescue-seen': { args: None; answer: None };
  /** "Send now": try at once instead of waiting for the next attempt. */
  'sync.now': { args: None; answer: None };
  /** After the last word of L5: heals the copy again as if nothing had been tried. */
  'sync.heal-again': { args: None; answer: None };
  /** The whole sync log as text, to be saved or sent; nothing a person wrote is in it. (H7) */
  'sync.log-text': { args: None; answer: { text: string } };
}

export interface SessionQueries {
  session: { args: None; answer: SessionState };
  sync: { args: None; answer: SyncState };
  /** Who else has a job open now, by name. (H8) */
  presence: { args: { jobId: JobId }; answer: readonly PresentPerson[] };
  /** Newest first, 200 lines. (H7) */
  'sync.log': {
    args: None;
    answer: readonly { readonly at: string; readonly event: string; readonly details: string }[];
  };
}

export interface SignIn {
  readonly serverUrl: string;
  readonly email: string;
  readonly password: string;
}

export type SignInResult =
  | { readonly kind: 'signed-in' }
  | { readonly kind: 'refused'; readonly sentence: string };

export type SessionState =
  | { readonly kind: 'signed-out'; readonly serverUrl: string; readonly email: string }
  | {
      readonly kind: 'signed-in';
      readonly member: Member;
      readonly workspace: Workspace;
      readonly serverUrl: string;
    }
  /** Signed in, but the office on this disk cannot be opened; `sentence` says why. [F2, H9] */
  | { readonly kind: 'closed'; readonly sentence: string; readonly workspace: Workspace }
  /** Somebody else signed this device out, and nothing of the office is left on it. (J1) */
  | ({ readonly kind: 'ended'; readonly email: string; readonly serverUrl: string } & EndedSession)
  /** The server no longer takes this device's token. Everything is kept; the same member signs in again. [F4] */
  | { readonly kind: 'expired'; readonly email: string; readonly serverUrl: string };

export interface EndedSession {
  readonly by: DeviceEnd;
  readonly officeName: string;
  /** How many changes wait here for whoever made them; null while what is the office's is being removed. */
  readonly unsent: number | null;
  /** Why not all of it could be removed, as a sentence; Docket tries again at its next start. */
  readonly problem: string | null;
}

/**
 * `needs-you`: something is parked, or waits for a look, and for a person either way. It wins over `up-to-date` and `syncing`, not over `offline`.
 * `update-needed`: this Docket and the server speak different versions; `trouble` says which side to update. [H9]
 * `differs`: fresh copies do not come out as the server's; sending and fetching go on. [L5]
 */
export interface SyncState {
  readonly kind:
    | 'offline'
    | 'first-sync'
    | 'syncing'
    | 'up-to-date'
    | 'needs-you'
    | 'update-needed'
    | 'differs';
  /** Mutations on this device that the server has not confirmed, parked ones included. */
  readonly waiting: number;
  readonly parked: number;
  /** When this device was last in step with the server; ISO 8601, null before the first time. */
  readonly inStepAt: string | null;
  /** Why the last attempt failed, as a sentence; null where it did not. */
  readonly trouble: string | null;
  /** Of a first sync or a fresh copy; null when none is under way. (H2) */
  readonly progress: { readonly rowsSent: number; readonly rowsTotal: number } | null;
  /** What became of a damaged database, until a person has read it. [F2] */
  readonly rescue: Rescue | null;
  readonly look: WantedLook | null;
}

/**
 * After a long spell away, what customers would see is looked at before it goes: so many items wait for it, and the device was
 * away so long by its own clock, ISO 8601. Each of them says so in the outbox. (H4) [P7]
 */
export interface WantedLook {
  readonly awayFrom: string;
  readonly awayUntil: string;
  readonly count: number;
}

/** `isMe`: the member themselves, on another device. (H8) */
export interface PresentPerson {
  readonly memberId: MemberId;
  readonly name: string;
  readonly isMe: boolean;
  readonly isWriting: boolean;
}

/** The database of this device was damaged, and replaced. What waited here was saved as far as it could be read. */
export interface Rescue {
  readonly at: string;
  readonly savedMutations: number;
  readonly lostMutations: number;
  /** Where not, nobody knows what waited in it. */
  readonly isReadable: boolean;
}
