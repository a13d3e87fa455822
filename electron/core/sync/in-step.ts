// Since when this device has been away from its server, by a clock that may jump. [P7]

import type { ReadableMirror, WritableMirror } from '../mirror/database.ts';
import { readMeta, writeMeta } from '../mirror/meta.ts';
import { beginLook, forgetGone, type Spell } from '../outbox/look.ts';

/** Longer than a working day on the road usually is without any network, shorter than a night. */
const LONG_AWAY_MS = 8 * 60 * 60 * 1000;
/** How exactly it is known when a device was last in step, at the cost of a commit each time. */
const NOTED_EVERY_MS = 10 * 60 * 1000;

/** With the last page of a pull, in its transaction: after a long spell away, what customers would see waits for a look. */
export function comeIntoStep(mirror: WritableMirror, now: string): void {
  const away = spellAway(mirror, now);
  if (isLong(away)) beginLook(mirror, away);
  else forgetGone(mirror);
  noteInStep(mirror, now);
}

/** Whether a device has been away for so long that it has to be in step before anything leaves. */
export function isLongAway(mirror: ReadableMirror, now: string): boolean {
  return isLong(spellAway(mirror, now));
}

/** Of a device that hears its server, and nothing new: it is in step as it was. */
export function stayInStep(mirror: WritableMirror, now: string): void {
  const noted = readMeta(mirror, 'in-step-at');
  const isDue =
    noted !== undefined && Math.abs(Date.parse(now) - Date.parse(noted)) >= NOTED_EVERY_MS;
  if (isDue) noteInStep(mirror, now);
}

function noteInStep(mirror: WritableMirror, now: string): void {
  const newest = mirror.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM outbox');
  writeMeta(mirror, 'in-step-at', now);
  writeMeta(mirror, 'in-step-seq', String(newest?.seq ?? 0));
}

/**
 * From the earliest to the latest of all times that tell of it: when the device was last in step, when what waits was written
 * since then, and now. A clock that was set back cannot make a long spell short where something was written in it; one
 * that was set may make a short one long, which costs a person one look, since each spell ends here.
 */
function spellAway(mirror: ReadableMirror, now: string): Spell {
  const written = mirror.get<{ first: string | null; last: string | null }>(
    `SELECT min(written_at) AS first, max(written_at) AS last FROM outbox
     WHERE seq > @seq AND state = 'pending'`,
    { seq: Number(readMeta(mirror, 'in-step-seq') ?? 0) },
  );
  const times = [readMeta(mirror, 'in-step-at'), written?.first, written?.last, now]
    .filter((time) => time != null)
    .toSorted();
  return { from: times[0] ?? now, until: times.at(-1) ?? now };
}

function isLong({ from, until }: Spell): boolean {
  return Date.parse(until) - Date.parse(from) > LONG_AWAY_MS;
}
