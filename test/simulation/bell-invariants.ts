// At rest each member's bell says the same on all their devices: what customers did, and which mails came back, on jobs that
// ring for them and that they have not read since. (F3)

import type { Model } from './model.ts';
import { sameLines } from './same-lines.ts';
import type { SimulatedDesk } from './simulated-desk.ts';
import type { World } from './world.ts';

export function checkBells(world: World): void {
  for (const desk of world.desks) checkBell(world, desk);
}

function checkBell({ run, model, ledger }: World, desk: SimulatedDesk): void {
  const bell = desk.window.ask('bell', {});
  if (bell === undefined) {
    run.violate('everybody is signed in at the end', desk.name);
    return;
  }
  // What waits behind something parked shows on the screen, and is nothing the others know of.
  const waiting = ledger.outboxOf(desk.name);
  const isLeftOut = (jobId: string) => waiting.some((row) => row.jobId === jobId);
  const unread = unreadOf(model, desk.account.memberId).filter(({ jobId }) => !isLeftOut(jobId));
  const shown = bell.jobs.filter(({ jobId, unreadCount }) => unreadCount > 0 && !isLeftOut(jobId));
  sameLines(
    run,
    `${desk.name}’s bell tells of what is unread`,
    shown.map(({ jobId, unreadCount }) => `${jobId} ${unreadCount}`),
    unread.flatMap(({ jobId, entries }) => (entries > 0 ? [`${jobId} ${entries}`] : [])),
  );
  run.count('bells compared');
  if (waiting.length > 0) return;
  const count = unread.reduce((sum, { entries, mails }) => sum + entries + mails, 0);
  if (count > 0) run.count('bells that ring');
  if (unread.some(({ mails }) => mails > 0)) run.count('bells that tell of a refused mail');
  const held = model.scheduled.all.filter(
    ({ state, authorId }) => state === 'held' && authorId === desk.account.memberId,
  );
  if (bell.count !== count + held.length)
    run.violate(
      'a bell counts each thing once',
      `${desk.name}: ${bell.count}, not ${count} and ${held.length} held`,
    );
}

interface UnreadJob {
  readonly jobId: string;
  readonly entries: number;
  readonly mails: number;
}

function unreadOf(model: Model, memberId: string): readonly UnreadJob[] {
  return [...model.jobs.values()].flatMap((job): UnreadJob[] => {
    if (!model.bell.rings(memberId, job)) return [];
    const { id: jobId } = job;
    const readThrough =
      model.readMarks.get(`${memberId}:${jobId}`) ?? model.bell.joinedAt(memberId);
    const isNew = ({ version }: { readonly version: number }) => version > readThrough;
    const fromCustomers = model.entries.filter(
      (entry) => entry.jobId === jobId && model.customerIds.has(entry.authorId) && isNew(entry),
    );
    const mails = model.bell.refusedOn(jobId).filter(isNew).length;
    return [{ jobId, entries: fromCustomers.length, mails }];
  });
}
