import { describe, expect, test } from 'vitest';
import { Countdowns } from '../../../../electron/core/outbox/countdowns.ts';
import type { MutationId } from '../../../../sync-server/protocol/ids.ts';
import { aMutationId } from '../../../support/builders.ts';
import { HandClock } from '../../../support/hand-clock.ts';

const HOUR_MS = 3_600_000;

function started({ seconds = 10 }: { seconds?: number } = {}) {
  const clock = new HandClock();
  const time = { seconds };
  let ended = 0;
  let changes = 0;
  const countdowns = new Countdowns({
    clock,
    lengthMs: () => time.seconds * 1000,
    onEnded: () => {
      ended += 1;
    },
    onChange: () => {
      changes += 1;
    },
  });
  /** All that waits is looked at, and these could leave but for their countdown. */
  const settle = (...ids: readonly MutationId[]) =>
    countdowns.settle({
      counting: ids.filter((id) => !countdowns.isOver(id)),
      leaving: ids.filter((id) => countdowns.isOver(id)),
      isEverything: true,
    });
  return { clock, time, countdowns, settle, ended: () => ended, changes: () => changes };
}

describe('[P8] a countdown', () => {
  test('begins when it could leave, ends so many seconds later, and is over with the pull that follows', () => {
    const { clock, countdowns, settle, ended } = started();
    const reply = aMutationId();
    clock.pass(HOUR_MS);
    settle(reply);
    expect(countdowns.leavesAtMs(reply)).toBe(clock.now() + 10_000);
    clock.pass(9999);
    countdowns.pulled();
    expect([countdowns.isOver(reply), ended()]).toEqual([false, 0]);
    clock.pass(1);
    expect([countdowns.isOver(reply), ended()]).toEqual([false, 1]);
    countdowns.pulled();
    expect(countdowns.isOver(reply)).toBe(true);
  });

  test('goes on however often the outbox is looked at, each by itself, and calls once for those that began together', () => {
    const { clock, countdowns, settle, ended } = started();
    const [first, second, later] = [aMutationId(), aMutationId(), aMutationId()];
    settle(first, second);
    clock.pass(4000);
    settle(first, second, later);
    clock.pass(6000);
    countdowns.pulled();
    expect([first, second, later].map((id) => countdowns.isOver(id))).toEqual([true, true, false]);
    expect(ended()).toBe(1);
    clock.pass(4000);
    countdowns.pulled();
    expect([countdowns.isOver(later), ended()]).toEqual([true, 2]);
  });

  test('begins anew once what could leave no longer can: the line is gone, or something stands before it again', () => {
    const { clock, countdowns, settle, ended } = started();
    const reply = aMutationId();
    settle(reply);
    clock.pass(8000);
    countdowns.startOver();
    expect(countdowns.leavesAtMs(reply)).toBeUndefined();
    clock.pass(HOUR_MS);
    settle(reply);
    clock.pass(8000);
    settle();
    settle(reply);
    clock.pass(8000);
    expect(ended()).toBe(0);
    clock.pass(2000);
    expect(ended()).toBe(1);
  });

  test('that ended when the line went begins anew as well', () => {
    const { clock, countdowns, settle } = started();
    const reply = aMutationId();
    settle(reply);
    clock.pass(10_000);
    countdowns.startOver();
    countdowns.pulled();
    expect(countdowns.isOver(reply)).toBe(false);
  });

  test('of what stands behind a full batch is not forgotten', () => {
    const { clock, countdowns, settle, ended } = started();
    const reply = aMutationId();
    settle(reply);
    clock.pass(9000);
    countdowns.settle({ counting: [], leaving: [], isEverything: false });
    clock.pass(1000);
    expect(ended()).toBe(1);
  });

  test('keeps its length however the clock is set meanwhile', () => {
    const { clock, countdowns, settle, ended } = started();
    const [first, second] = [aMutationId(), aMutationId()];
    settle(first);
    clock.jump(-HOUR_MS);
    clock.pass(5000);
    settle(first, second);
    clock.jump(2 * HOUR_MS);
    clock.pass(5000);
    countdowns.pulled();
    expect([first, second].map((id) => countdowns.isOver(id))).toEqual([true, false]);
    clock.pass(5000);
    expect(ended()).toBe(2);
  });

  test('of no seconds is none', () => {
    const { countdowns } = started({ seconds: 0 });
    expect(countdowns.isOver(aMutationId())).toBe(true);
  });

  test('that is under way leaves at once when none is wanted any more', () => {
    const { time, countdowns, settle } = started();
    const reply = aMutationId();
    settle(reply);
    time.seconds = 0;
    expect(countdowns.isOver(reply)).toBe(true);
  });

  test('does nothing after the end of all work', () => {
    const { clock, countdowns, settle, ended } = started();
    settle(aMutationId());
    countdowns.stop();
    clock.pass(HOUR_MS);
    expect(ended()).toBe(0);
  });

  test('tells the screen when it begins, ends and is forgotten, and never in between', () => {
    const { clock, settle, changes } = started();
    const reply = aMutationId();
    settle(reply);
    settle(reply);
    clock.pass(9999);
    settle(reply);
    expect(changes()).toBe(1);
    clock.pass(1);
    settle();
    settle();
    expect(changes()).toBe(3);
  });
});

describe('[P8] Send now', () => {
  test('ends it, and it leaves with the next pull', () => {
    const { clock, countdowns, settle, ended } = started();
    const reply = aMutationId();
    settle(reply);
    clock.pass(3000);
    countdowns.sendNow([reply, aMutationId()]);
    expect([countdowns.leavesAtMs(reply), ended()]).toEqual([clock.now(), 1]);
    countdowns.pulled();
    expect(countdowns.isOver(reply)).toBe(true);
    clock.pass(HOUR_MS);
    expect(ended()).toBe(1);
  });

  test('holds although the line breaks over it', () => {
    const { countdowns, settle } = started();
    const [wanted, other] = [aMutationId(), aMutationId()];
    settle(wanted, other);
    countdowns.sendNow([wanted]);
    countdowns.startOver();
    settle(wanted, other);
    expect([wanted, other].map((id) => countdowns.isOver(id))).toEqual([true, false]);
  });

  test('is said of that one alone: what could not leave any more counts down again', () => {
    const { countdowns, settle } = started();
    const reply = aMutationId();
    settle(reply);
    countdowns.sendNow([reply]);
    settle();
    expect(countdowns.isOver(reply)).toBe(false);
  });
});
