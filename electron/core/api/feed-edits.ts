// Which entries of a feed their reader can edit, and what became of edits that were not taken. (C10)

import { basisOf } from '../../../sync-server/protocol/edits.ts';
import type { Entry } from '../../../sync-server/protocol/entries.ts';
import type { MutationId } from '../../../sync-server/protocol/ids.ts';
import { type Reader } from '../mirror/reading.ts';
import { authorId } from '../mirror/records.ts';
import type { OutboxMutation } from '../outbox/outbox.ts';

/** Null where they cannot: it is somebody else's, says nothing, or was taken back. */
export function editBasisFor(reader: Reader, entry: Entry): string | null {
  const { withdrawn, redacted } = entry;
  if (entry.kind !== 'reply' || authorId(entry) !== reader.memberId) return null;
  return withdrawn === undefined && redacted === undefined ? basisOf(entry.text) : null;
}

export type Edits = ReturnType<typeof editsOf>;

export function editsOf(mutations: readonly OutboxMutation[]) {
  const entryIdOf = ({ args }: OutboxMutation) => (args as { readonly entryId?: string }).entryId;
  const unsent = new Set(
    mutations
      .filter(({ name, state }) => name === 'post_entry' && state !== 'accepted')
      .map(entryIdOf),
  );
  const parked = new Map(
    mutations
      .filter(({ name, state }) => name === 'edit_entry' && state === 'parked')
      .map((mutation) => [entryIdOf(mutation), mutation.id]),
  );
  return {
    /** It is taken back rather than edited. */
    isUnsent: (entryId: string): boolean => unsent.has(entryId),
    parkedOn: (entryId: string): MutationId | null => parked.get(entryId) ?? null,
  };
}
