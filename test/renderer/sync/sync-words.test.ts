import { expect, test } from 'vitest';
import type { SyncState } from '../../../electron/core/api/session-contract.ts';
import { syncWords } from '../../../renderer/sync/sync-words.ts';

const NOW = new Date('2026-11-12T15:00:00');
const aState = (overrides: Partial<SyncState> = {}): SyncState => ({
  kind: 'up-to-date',
  waiting: 0,
  parked: 0,
  inStepAt: '2026-11-12T10:12:00',
  trouble: null,
  progress: null,
  rescue: null,
  look: null,
  ...overrides,
});

test('offline says what waits and since when, as a sentence (H7)', () => {
  const words = syncWords(aState({ kind: 'offline', waiting: 2 }), NOW);
  expect(words.title).toBe('Working offline');
  expect(words.detail).toBe('2 waiting · in step at 10:12');
});

test('another day than today is said', () => {
  const words = syncWords(aState({ kind: 'offline', inStepAt: '2026-11-11T10:12:00' }), NOW);
  expect(words.detail).toBe('In step at Yesterday, 10:12');
});

test('[H9] a server of another version is said as what it is, and what waits with it', () => {
  const words = syncWords(aState({ kind: 'update-needed', waiting: 2 }), NOW);
  expect(words.title).toBe('Update needed');
  expect(words.detail).toBe('2 waiting · in step at 10:12');
  expect(words.about).toContain('kept on this device');
});

test('a device that was never in step does not claim a time', () => {
  const words = syncWords(aState({ kind: 'offline', inStepAt: null }), NOW);
  expect(words.detail).toBe('Not yet in step');
});

test('a first sync says how far it is, in records (H2)', () => {
  const progress = { rowsSent: 12_400, rowsTotal: 58_000 };
  expect(syncWords(aState({ kind: 'first-sync', progress }), NOW).detail).toBe(
    '12,400 of 58,000 records',
  );
});

test('needs you counts the decisions', () => {
  const one = syncWords(aState({ kind: 'needs-you', parked: 1, waiting: 3 }), NOW);
  expect(one.detail).toBe('1 item waits for your decision');
  const two = syncWords(aState({ kind: 'needs-you', parked: 2, waiting: 3 }), NOW);
  expect(two.detail).toBe('2 items wait for your decision');
});

test('what is said aloud has no time in it, or it would speak with every sync', () => {
  const early = syncWords(aState({ inStepAt: '2026-11-12T10:12:00' }), NOW);
  const late = syncWords(aState({ inStepAt: '2026-11-12T10:13:00' }), NOW);
  expect(early.detail).not.toBe(late.detail);
  expect(early.spoken).toBe(late.spoken);
});
