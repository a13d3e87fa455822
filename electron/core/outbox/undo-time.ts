// How long a customer reply can be taken back before it leaves: on this device, for this member. (C4) [P8]

import { DEFAULT_UNDO_SECONDS, type Host } from '../host.ts';
import type { ReadableMirror, WritableMirror } from '../mirror/database.ts';
import { readMeta, writeMeta } from '../mirror/meta.ts';

export function readUndoSeconds(
  mirror: ReadableMirror,
  { undoSeconds = DEFAULT_UNDO_SECONDS }: Pick<Host, 'undoSeconds'>,
): number {
  const seconds = readMeta(mirror, 'undo-seconds');
  return seconds === undefined ? undoSeconds : Number(seconds);
}

export function writeUndoSeconds(mirror: WritableMirror, seconds: number): void {
  writeMeta(mirror, 'undo-seconds', String(seconds));
}
