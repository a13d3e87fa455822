// When to pull, push, listen and wait: the decisions, without a clock and without a network. `sync-engine` performs them.

import { backoffMs } from '../backoff.ts';

export interface SyncState {
  /** What runs now; one thing at a time, so that pushes and pulls never race. */
  readonly running: 'nothing' | 'pull' | 'push';
  readonly wantsPull: boolean;
  readonly wantsPush: boolean;
  readonly live: 'down' | 'waiting' | 'opening' | 'up';
  /** Lines in a row that broke before they brought anything. */
  readonly liveFailures: number;
  /** Failures in a row. */
  readonly failures: number;
  /** Why the last attempt failed; null after a success. */
  readonly trouble: Trouble | null;
  readonly isWaiting: boolean;
  /** The session is over; nothing is attempted until a new sign-in. [F4] */
  readonly isExpired: boolean;
}

/**
 * `unreachable` is being offline; `failed` is a server that answers, but not as it should; `update-needed` is one that speaks
 * another version, and goes on doing so until somebody updates [H9]; `differs` is a copy that fresh copies do not heal, beside which
 * all else goes on. [L5]
 */
export interface Trouble {
  readonly kind: 'unreachable' | 'failed' | 'update-needed' | 'differs';
  readonly sentence: string;
}

export type SyncEvent =
  | { readonly kind: 'started' }
  | { readonly kind: 'outbox-changed' }
  | { readonly kind: 'poked' }
  /** A customer reply may leave once it is known what happened while it counted down. (C5) [P8] */
  | { readonly kind: 'counted-down' }
  | { readonly kind: 'live-opened' }
  | { readonly kind: 'live-closed'; readonly chance: number }
  | { readonly kind: 'live-waited' }
  | { readonly kind: 'pulled'; readonly more: boolean }
  /** Pulled, and the copy is not the server's all the same. */
  | { readonly kind: 'differs'; readonly trouble: Trouble }
  | { readonly kind: 'pushed'; readonly more: boolean }
  /** Nothing was sent, or nothing of it done: where the server stands must be known first. [L6] */
  | { readonly kind: 'turned-away' }
  /** All that waits, waits for something else: bytes, or a person. */
  | { readonly kind: 'nothing-to-push' }
  | { readonly kind: 'failed'; readonly trouble: Trouble; readonly chance: number }
  | { readonly kind: 'expired' }
  | { readonly kind: 'waited' }
  /** A person, or the system's "online", asks for an attempt now. */
  | { readonly kind: 'asked' };

export type SyncEffect =
  | { readonly kind: 'pull' }
  | { readonly kind: 'push' }
  | { readonly kind: 'open-live' }
  | { readonly kind: 'close-live' }
  | { readonly kind: 'wait'; readonly delayMs: number }
  | { readonly kind: 'stop-waiting' }
  | { readonly kind: 'wait-for-live'; readonly delayMs: number };

export interface Step {
  readonly state: SyncState;
  readonly effects: readonly SyncEffect[];
}

/** Nobody updates a program within seconds. */
const UPDATE_WAIT_MS = 60_000;

export const initialSyncState: SyncState = {
  running: 'nothing',
  wantsPull: false,
  wantsPush: false,
  live: 'down',
  liveFailures: 0,
  failures: 0,
  trouble: null,
  isWaiting: false,
  isExpired: false,
};

/** The next state and what to do for it. */
export function nextStep(state: SyncState, event: SyncEvent): Step {
  if (state.isExpired) return { state, effects: [] };
  switch (event.kind) {
    case 'started':
      return go({ ...state, wantsPull: true, wantsPush: true });
    case 'outbox-changed':
      return go({ ...state, wantsPush: true });
    case 'poked':
      return go({ ...state, liveFailures: 0, wantsPull: true });
    case 'counted-down':
      return go({ ...state, wantsPull: true, wantsPush: true });
    case 'live-opened':
      // Whatever happened while nobody listened is pulled now. [L4]
      return go({ ...state, live: 'up', wantsPull: true });
    case 'live-closed':
      return liveClosed(state, event.chance);
    case 'live-waited':
      return go(state.live === 'waiting' ? { ...state, live: 'down' } : state);
    case 'pulled':
      return go({ ...pulled(state), wantsPull: state.wantsPull || event.more });
    case 'differs':
      return go({ ...state, running: 'nothing', failures: 0, trouble: event.trouble });
    case 'pushed':
      return pushed(state, event.more);
    case 'turned-away':
      return go({ ...succeeded(state), wantsPull: true, wantsPush: true });
    case 'nothing-to-push':
      return go(succeeded(state));
    case 'failed':
      return failed(state, event.trouble, event.chance);
    case 'expired':
      return {
        state: { ...initialSyncState, isExpired: true },
        effects: [{ kind: 'close-live' }, { kind: 'stop-waiting' }],
      };
    case 'waited':
      return go({ ...state, isWaiting: false });
    case 'asked': {
      const stop: SyncEffect[] = state.isWaiting ? [{ kind: 'stop-waiting' }] : [];
      const live = state.live === 'waiting' ? 'down' : state.live;
      const step = go({ ...state, live, isWaiting: false, wantsPull: true, wantsPush: true });
      return { state: step.state, effects: [...stop, ...step.effects] };
    }
  }
}

/** Pull before push: what happened meanwhile is on the screen before anything of ours goes out. (C5) */
function go(state: SyncState): Step {
  if (state.running !== 'nothing' || state.isWaiting) return { state, effects: [] };
  if (state.wantsPull)
    return { state: { ...state, running: 'pull', wantsPull: false }, effects: [{ kind: 'pull' }] };
  if (state.wantsPush)
    return { state: { ...state, running: 'push', wantsPush: false }, effects: [{ kind: 'push' }] };
  if (state.live === 'down')
    return { state: { ...state, live: 'opening' }, effects: [{ kind: 'open-live' }] };
  return { state, effects: [] };
}

/**
 * What was accepted comes back by a pull: only then does it leave the outbox. [R1] Batches that follow one another share
 * that pull; a reply whose job moved on meanwhile is held by the server instead of here. [P6]
 */
function pushed(state: SyncState, more: boolean): Step {
  const next = { ...succeeded(state), wantsPull: true };
  if (!more) return go(next);
  return { state: { ...next, running: 'push', wantsPush: false }, effects: [{ kind: 'push' }] };
}

/** The pull finds out whether the server is there; the line itself is tried again after a while of its own. */
function liveClosed(state: SyncState, chance: number): Step {
  const liveFailures = state.liveFailures + 1;
  const step = go({ ...state, live: 'waiting', liveFailures, wantsPull: true });
  return {
    state: step.state,
    effects: [...step.effects, { kind: 'wait-for-live', delayMs: backoffMs(liveFailures, chance) }],
  };
}

/** Where a push is still to come, only its success ends the trouble: one that fails each time is waited for longer. [F4] */
function pulled(state: SyncState): SyncState {
  if (!state.wantsPush) return { ...succeeded(state), trouble: null };
  const trouble = state.trouble?.kind === 'failed' ? state.trouble : null;
  return { ...state, running: 'nothing', trouble };
}

function succeeded(state: SyncState): SyncState {
  // What is in the way of nothing stands until a pull finds it gone.
  const trouble = state.trouble?.kind === 'differs' ? state.trouble : null;
  return { ...state, running: 'nothing', failures: 0, trouble };
}

/** Waits, then begins with a pull; pushes wait behind it, and nothing is forgotten. [F4] */
function failed(state: SyncState, trouble: Trouble, chance: number): Step {
  const failures = state.failures + 1;
  return {
    state: {
      ...state,
      running: 'nothing',
      wantsPull: true,
      wantsPush: true,
      failures,
      trouble,
      isWaiting: true,
    },
    effects: [{ kind: 'wait', delayMs: waitAfter(trouble, failures, chance) }],
  };
}

function waitAfter({ kind }: Trouble, failures: number, chance: number): number {
  return kind === 'update-needed' ? UPDATE_WAIT_MS : backoffMs(failures, chance);
}
