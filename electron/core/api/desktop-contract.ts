// The part of the contract that is about what only a desktop shell can do; in a browser there is none. (I1)

import type { None } from './none-contract.ts';

export interface DesktopRequests {
  /** Closing the last window leaves Docket running in the tray. */
  'desktop.keep-running': { args: { keep: boolean }; answer: None };
  'desktop.look-for-update': { args: None; answer: None };
  /** Ends Docket, puts the update in its place and starts it again. */
  'desktop.restart': { args: None; answer: None };
}

export interface DesktopQueries {
  /** Null where Docket runs in a browser. */
  desktop: { args: None; answer: (DesktopState & { readonly isBeingWritten: boolean }) | null };
}

export interface DesktopState {
  readonly version: string;
  /** Null where the system keeps programs without a window running anyway, as a Mac does. */
  readonly keepsRunning: boolean | null;
  /** Whether this computer can show notices at all. */
  readonly canTell: boolean;
  readonly update: UpdateState;
}

export type UpdateState =
  /** This Docket looks for none: it is not installed, or was built without an address for them. */
  | { readonly kind: 'off' }
  /** `failedAt`: the last look came to nothing; the next one comes by itself. */
  | { readonly kind: 'idle'; readonly lookedAt: string | null; readonly failedAt: string | null }
  | { readonly kind: 'looking' }
  | { readonly kind: 'fetching'; readonly version: string }
  | { readonly kind: 'ready'; readonly version: string };

export type DesktopAct =
  | { readonly kind: 'keep-running'; readonly keep: boolean }
  | { readonly kind: 'look-for-update' }
  | { readonly kind: 'restart' };
