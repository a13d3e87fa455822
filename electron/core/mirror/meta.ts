// Small facts about the mirror that must commit together with its rows: the checkpoint above all. [L1]

import type { ReadableMirror, WritableMirror } from './database.ts';

export type MetaKey =
  | 'client-id'
  | 'member-id'
  | 'workspace-id'
  /** Opaque; absent before the first page. */
  | 'cursor'
  /** Of the server's database the cursor is from; absent before the first page. [L6] */
  | 'epoch'
  /** The version the mirror stands at. */
  | 'version'
  /** Set once the first sync came to its end. */
  | 'first-sync-done'
  /** How many copies of the office this mirror began; rows carry the one they came with. [L3] */
  | 'generation'
  /** Set while a fresh copy is on its way over an older one. */
  | 'refilling'
  /** Set while the server has more pages to bring: what is here is not what stands at any moment. */
  | 'catching-up'
  /** Of the confirmed rows of this generation, as JSON. [L5] */
  | 'digest'
  /** What links to the portal begin with, as the server last said. (A6) */
  | 'portal-url'
  /** How much of the disk files may take. (D8) */
  | 'file-budget-bytes'
  /** How fast files may go, in kilobits a second; absent where they take the line as it is. (D7) */
  | 'file-speed-kbits'
  /** How long a customer reply can be taken back; absent where its member has not said. (C4) */
  | 'undo-seconds'
  /** What the member chose about notices, as JSON; absent where nothing. (F4) */
  | 'notice-settings'
  /** Up to which version the member was told of what rings, or was not to be. (F4) */
  | 'noticed-through'
  /** Customer replies typed into notices that wait for a look, by job, as JSON. (F4) */
  | 'unsent-replies'
  /** When this device was last in step with the server, by its own clock. */
  | 'in-step-at'
  /** The newest of the outbox then: what comes after it was written since. [P7] */
  | 'in-step-seq'
  /** What a person has to look at before it goes to customers, as JSON; absent where nothing is. [P7] */
  | 'look'
  /** What became of a damaged file, as JSON, until a person has seen it. [F2] */
  | 'rescue';

export function readMeta(mirror: ReadableMirror, key: MetaKey): string | undefined {
  return mirror.get<{ value: string }>('SELECT value FROM meta WHERE key = @key', { key })?.value;
}

export function writeMeta(mirror: WritableMirror, key: MetaKey, value: string): void {
  mirror.run(
    'INSERT INTO meta (key, value) VALUES (@key, @value) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    { key, value },
  );
  mirror.touch('meta');
}

export function removeMeta(mirror: WritableMirror, key: MetaKey): void {
  mirror.run('DELETE FROM meta WHERE key = @key', { key });
  mirror.touch('meta');
}
