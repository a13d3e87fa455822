import { describe, expect, test } from 'vitest';
import {
  initialSyncState,
  nextStep,
  type SyncEvent,
  type SyncState,
} from '../../../../electron/core/sync/sync-state.ts';

const unreachable = { kind: 'unreachable', sentence: 'The server cannot be reached.' } as const;
const broken: SyncEvent = { kind: 'failed', trouble: unreachable, chance: 0 };

/** Plays events and answers the last state with all effects, as a line: "pull, push, open-live". */
function play(events: readonly SyncEvent[], from: SyncState = initialSyncState) {
  const did: string[] = [];
  let state = from;
  for (const event of events) {
    const step = nextStep(state, event);
    state = step.state;
    did.push(...step.effects.map(({ kind }) => kind));
  }
  return { state, did: did.join(', ') };
}

const pulled: SyncEvent = { kind: 'pulled', more: false };
const pushed: SyncEvent = { kind: 'pushed', more: false };
const settled = play([
  { kind: 'started' },
  pulled,
  { kind: 'nothing-to-push' },
  { kind: 'live-opened' },
  pulled,
]).state;

describe('a quiet life', () => {
  test('starts with a pull, then a push, then listens', () => {
    expect(play([{ kind: 'started' }, pulled, { kind: 'nothing-to-push' }]).did).toBe(
      'pull, push, open-live',
    );
  });

  test('[R1] what was pushed is fetched back, since only a pull takes it out of the outbox', () => {
    expect(play([{ kind: 'outbox-changed' }, pushed, pulled], settled).did).toBe('push, pull');
  });

  test('[R1] batches that follow one another are fetched back together', () => {
    const more: SyncEvent = { kind: 'pushed', more: true };
    const did = play(
      [{ kind: 'outbox-changed' }, more, { kind: 'poked' }, more, pushed, pulled],
      settled,
    );
    expect(did.did).toBe('push, push, push, pull');
  });

  test('[L4] a poke is answered with a pull, and many pokes meanwhile with one more', () => {
    const poke: SyncEvent = { kind: 'poked' };
    expect(play([poke, poke, poke, poke, pulled, pulled], settled).did).toBe('pull, pull');
  });

  test('[P8] what counted down leaves after a pull, asked for after it ended', () => {
    const ended: SyncEvent = { kind: 'counted-down' };
    expect(play([ended, pulled, pushed, pulled], settled).did).toBe('pull, push, pull');
    const whilePulling = play([{ kind: 'poked' }, ended, pulled, pulled], settled);
    expect(whilePulling.did).toBe('pull, pull, push');
  });

  test('[L1] pages are pulled until there are no more', () => {
    const more: SyncEvent = { kind: 'pulled', more: true };
    expect(play([{ kind: 'poked' }, more, more, pulled], settled).did).toBe('pull, pull, pull');
  });

  test('[L6] a push that was turned away is asked again after a pull', () => {
    const turnedAway: SyncEvent = { kind: 'turned-away' };
    const more: SyncEvent = { kind: 'pulled', more: true };
    const { did } = play(
      [{ kind: 'outbox-changed' }, turnedAway, more, pulled, pushed, pulled],
      settled,
    );
    expect(did).toBe('push, pull, pull, push, pull');
  });

  test('one thing at a time: a push waits for the pull that runs', () => {
    const { state, did } = play([{ kind: 'poked' }, { kind: 'outbox-changed' }], settled);
    expect(did).toBe('pull');
    expect(play([pulled], state).did).toBe('push');
  });
});

describe('trouble', () => {
  test('[F4] a failure waits with growing delays and forgets nothing', () => {
    const first = nextStep(play([{ kind: 'outbox-changed' }], settled).state, broken);
    expect(first.effects).toEqual([{ kind: 'wait', delayMs: 500 }]);
    const again = nextStep(first.state, { kind: 'waited' });
    expect(again.effects).toEqual([{ kind: 'pull' }]);
    expect(nextStep(again.state, broken).effects).toEqual([{ kind: 'wait', delayMs: 1000 }]);
  });

  test('[H9] a server of another version is asked again once a minute, or when a person says so', () => {
    const trouble = { kind: 'update-needed', sentence: 'Update Docket.' } as const;
    const { state, effects } = nextStep(play([{ kind: 'poked' }], settled).state, {
      kind: 'failed',
      trouble,
      chance: 0,
    });
    expect(effects).toEqual([{ kind: 'wait', delayMs: 60_000 }]);
    expect(play([{ kind: 'asked' }], state).did).toBe('stop-waiting, pull');
  });

  test('(C5) after a break it pulls before it pushes', () => {
    const { did } = play([{ kind: 'outbox-changed' }, broken, { kind: 'waited' }, pulled], settled);
    expect(did).toBe('push, wait, pull, push');
  });

  test('[F4] a success starts the delays from the beginning and clears the trouble', () => {
    const { state } = play(
      [{ kind: 'poked' }, broken, { kind: 'waited' }, pulled, { kind: 'nothing-to-push' }],
      settled,
    );
    expect(state.failures).toBe(0);
    expect(state.trouble).toBeNull();
  });

  test('[L5] a copy that differs is in the way of nothing, and said until a pull finds it healed', () => {
    const differs: SyncEvent = {
      kind: 'differs',
      trouble: { kind: 'differs', sentence: 'It differs.' },
    };
    const told = play([{ kind: 'outbox-changed' }, { kind: 'poked' }, differs], settled);
    const pushed = play([{ kind: 'pushed', more: false }], told.state);
    expect(pushed.state.trouble?.kind).toBe('differs');
    expect(pushed.did).toBe('pull');
    expect(play([pulled], pushed.state).state.trouble).toBeNull();
  });

  test('[F4] pushes that fail each time are waited for longer, although pulls go through', () => {
    const failed: SyncEvent = {
      kind: 'failed',
      trouble: { kind: 'failed', sentence: 'The server had a problem.' },
      chance: 0,
    };
    let { state } = play([{ kind: 'outbox-changed' }], settled);
    const delays: number[] = [];
    for (let attempt = 0; attempt < 4; attempt += 1) {
      const step = nextStep(state, failed);
      for (const effect of step.effects) if (effect.kind === 'wait') delays.push(effect.delayMs);
      state = play([{ kind: 'waited' }, pulled], step.state).state;
      expect(state.trouble).not.toBeNull();
    }
    expect(delays).toEqual([500, 1000, 2000, 4000]);
  });

  test('[F4] "online" or a person cuts the wait short', () => {
    const { did } = play([{ kind: 'poked' }, broken, { kind: 'asked' }], settled);
    expect(did).toBe('pull, wait, stop-waiting, pull');
  });

  test('nothing is attempted while waiting, whatever is written meanwhile', () => {
    const { did } = play(
      [{ kind: 'poked' }, broken, { kind: 'outbox-changed' }, { kind: 'poked' }],
      settled,
    );
    expect(did).toBe('pull, wait');
  });

  test('[F4] an ended session ends all attempts', () => {
    const { state } = play([{ kind: 'expired' }], settled);
    const { did } = play([{ kind: 'outbox-changed' }, { kind: 'asked' }, { kind: 'poked' }], state);
    expect(did).toBe('');
  });
});

describe('the live line', () => {
  test('[L4] its end is followed by a pull, and by a new line after a wait', () => {
    const { state, did } = play([{ kind: 'live-closed', chance: 0 }, pulled], settled);
    expect(did).toBe('pull, wait-for-live');
    expect(play([{ kind: 'live-waited' }], state).did).toBe('open-live');
  });

  test('a server that cannot keep a line is not hammered: the waits grow', () => {
    let state = settled;
    const delays: number[] = [];
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const closed = nextStep(state, { kind: 'live-closed', chance: 0 });
      for (const effect of closed.effects)
        if (effect.kind === 'wait-for-live') delays.push(effect.delayMs);
      state = play([pulled, { kind: 'live-waited' }], closed.state).state;
      expect(state.live).toBe('opening');
    }
    expect(delays).toEqual([500, 1000, 2000, 4000, 7500]);
  });

  test('a lone live line never stops pushes and pulls', () => {
    const { state } = play([{ kind: 'live-closed', chance: 0 }, pulled], settled);
    expect(play([{ kind: 'outbox-changed' }], state).did).toBe('push');
  });
});
