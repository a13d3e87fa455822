// What is known of a text that its author edited, and who may be told of it. (C10)

import { textHash } from './digest.ts';
import type { Entry } from './entries.ts';
import type { PortalVisit } from './records.ts';

/** Names a text without a word of it: what an edit is based on lies in outboxes, and the text may be removed for good. */
export function basisOf(text: string): string {
  return `${text.length}-${textHash(text).toString(36)}`;
}

/** When the last edit took effect; undefined where there was none. */
export function editedAt(entry: Entry): string | undefined {
  return entry.kind === 'reply' ? entry.earlier?.at(-1)?.until : undefined;
}

/** The version the last edit stands at; null where there was none, or while it waits on a device. */
export function editedVersion(entry: Entry): number | null {
  return entry.kind === 'reply' ? (entry.earlier?.at(-1)?.untilVersion ?? null) : null;
}

/**
 * Whether a customer who had looked at the job had read the text that stands. Edits are compared by their versions, which no
 * clock moves; the first text has none of its own, and is told by the time it arrived, as with what is withdrawn.
 */
export function isTextSeen(entry: Entry, visit: PortalVisit): boolean {
  if (editedAt(entry) === undefined)
    return entry.arrivedAt !== null && visit.seenAt >= entry.arrivedAt;
  const version = editedVersion(entry);
  return version !== null && version <= (visit.seenEditVersion ?? 0);
}

/**
 * When it was edited, for the customer: told to whoever may have read another text, on the page or in a mail, and to nobody
 * else, for whom there never was another one. (E7)
 */
export function editedForCustomer(entry: Entry): string | undefined {
  if (entry.kind !== 'reply') return undefined;
  const wasRead = entry.earlier?.some(
    ({ customerSeenAt, mailedAt }) => customerSeenAt !== undefined || mailedAt !== undefined,
  );
  return wasRead === true ? editedAt(entry) : undefined;
}

/** An entry as it is written at a version: an edit that has just arrived stands at that one. */
export function editedAtVersion<E extends Entry>(entry: E, version: number): E {
  if (entry.kind !== 'reply' || entry.earlier === undefined) return entry;
  const earlier = entry.earlier.map((each) =>
    each.untilVersion === null ? { ...each, untilVersion: version } : each,
  );
  return { ...entry, earlier };
}
