// How far apart pokes are. What one person writes after the other is told at once; an import or a busy hour is told ten times
// a second. A device asks once for each poke, so this is also how often an honest server makes it ask. [L4]

/** Commits this close together are one poke in any case. */
const CLOSE_MS = 20;
const APART_MS = 100;
/** Close pokes in a row; each is earned back in `APART_MS`. With them a device asks 660 times in its busiest minute at most. */
const MOST_SPARE = 60;

/** @returns after each poke: how long until the next one */
export function pokePace(now: () => number): () => number {
  let spare = MOST_SPARE;
  let lastMs = now();
  return () => {
    const nowMs = now();
    // A clock that was set back earns nothing, one that was set ahead no more than there is.
    const earned = Math.min(MOST_SPARE, spare + Math.max(0, nowMs - lastMs) / APART_MS);
    lastMs = nowMs;
    spare = Math.max(-1, earned - 1);
    return spare < 0 ? APART_MS : CLOSE_MS;
  };
}
