import { beforeEach, describe, expect, test } from 'vitest';
import { PresenceBoard } from '../../../../electron/core/sync/presence.ts';
import type { PresenceRequest } from '../../../../sync-server/protocol/sync.ts';
import { aJobId, aMemberId } from '../../../support/builders.ts';
import { HandClock } from '../../../support/hand-clock.ts';

let clock: HandClock;
let said: PresenceRequest['jobs'][];
let isLive: boolean;
let changes: number;
let board: PresenceBoard;
const [golf, roof] = [aJobId(), aJobId()];
beforeEach(() => {
  clock = new HandClock();
  said = [];
  isLive = true;
  changes = 0;
  board = new PresenceBoard({
    clock,
    tellServer: async ({ jobs }) => {
      said.push(jobs);
      await Promise.resolve();
    },
    isLive: () => isLive,
    onChange: () => {
      changes += 1;
    },
  });
});
const on = (jobId: typeof golf, isWriting = false) => ({ jobId, isWriting });

describe('(H8) what a device says of itself', () => {
  test('is said at once, renewed while the window says so, and taken back when the job is left', () => {
    board.windowIs('one', on(golf));
    clock.pass(0);
    expect(said).toEqual([[on(golf)]]);
    for (let second = 0; second < 30; second += 1) {
      board.windowIs('one', on(golf));
      clock.pass(1000);
    }
    expect(said).toHaveLength(6);
    board.windowIs('one', null);
    clock.pass(1000);
    expect(said.at(-1)).toEqual([]);
    clock.pass(60_000);
    expect(said).toHaveLength(7);
  });

  test('is never said more than once in a second, however fast somebody types', () => {
    for (let keys = 0; keys < 100; keys += 1) {
      board.windowIs('one', on(golf, keys % 2 === 0));
      clock.pass(100);
    }
    expect(said.length).toBeLessThanOrEqual(11);
    expect(said.length).toBeGreaterThan(5);
  });

  test('of two windows is one line for each job, and writing in one of them is writing', () => {
    board.windowIs('one', on(golf));
    board.windowIs('two', on(golf, true));
    board.windowIs('three', on(roof));
    clock.pass(0);
    expect(said).toEqual([[on(golf, true), on(roof)]]);
  });

  test('ends for a window that went without a word', () => {
    board.windowIs('one', on(golf));
    clock.pass(120_000);
    expect(said.at(-1)).toEqual([]);
    const count = said.length;
    clock.pass(600_000);
    expect(said).toHaveLength(count);
  });

  test('is not said while there is no line, and said at once when it is back', () => {
    isLive = false;
    board.lineChanged();
    board.windowIs('one', on(golf));
    clock.pass(5000);
    expect(said).toEqual([]);
    isLive = true;
    board.lineChanged();
    clock.pass(0);
    expect(said).toEqual([[on(golf)]]);
  });

  test('ends for a window that went without a word before the clock was set back', () => {
    board.windowIs('gone', on(golf));
    board.windowIs('here', on(roof));
    clock.jump(-10 * 365 * 24 * 3600 * 1000);
    for (let second = 0; second < 30; second += 1) {
      board.windowIs('here', on(roof));
      clock.pass(1000);
    }
    expect(said.at(-1)).toEqual([on(roof)]);
  });

  test('is not taken back for a clock that is set, by a second or by years', () => {
    for (const seconds of [-1, 1, -10 * 365 * 24 * 3600, 20 * 365 * 24 * 3600]) {
      board.windowIs('one', on(golf));
      clock.jump(seconds * 1000);
      clock.pass(10_000);
      expect(said.at(-1)).toEqual([on(golf)]);
    }
  });

  test('goes on after a clock that was set ten years back or on', () => {
    board.windowIs('one', on(golf));
    clock.pass(0);
    for (const years of [-10, 10, 10]) {
      clock.jump(years * 365 * 24 * 3600 * 1000);
      const count = said.length;
      for (let second = 0; second < 10; second += 1) {
        board.windowIs('one', on(golf));
        clock.pass(1000);
      }
      expect(said.length - count).toBeGreaterThanOrEqual(1);
      expect(said.length - count).toBeLessThanOrEqual(10);
    }
  });
});

test('(H8) who else is there is what the line said last, and nobody once it is down', () => {
  const jonas = { memberId: aMemberId(), jobId: golf, isWriting: false };
  board.told([jonas]);
  expect(board.othersOn(golf)).toEqual([jonas]);
  expect(board.othersOn(roof)).toEqual([]);
  isLive = false;
  board.lineChanged();
  expect(board.othersOn(golf)).toEqual([]);
  expect(changes).toBe(2);
});
