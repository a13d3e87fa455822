// When mails leave: by themselves when the minutes are over that a window takes, and now and then by another process.

import type { World } from './world.ts';

const MOST_ROUNDS = 200;
const BETWEEN_LOOKS_MS = 16_000;

/** Some minutes pass in which nothing happens, and one process more looks for what is due. */
export function sendMails(world: World): void {
  const { server, run } = world;
  if (!server.isRunning) return;
  if (run.chance.happens(0.8)) server.clockOffsetMs += run.chance.between(10, 700) * 1000;
  // It may die over it.
  server.sendMails().catch(() => undefined);
}

/** A customer wants no more mails, or wants them again. */
export async function switchMails(world: World): Promise<void> {
  const { run, server, workspaceId } = world;
  const { id } = run.chance.pick(world.office.customers);
  const stored = await server.storage.recordById(workspaceId, 'customer', id);
  if (stored === undefined) return;
  const notifyOnReplies = !stored.record.notifyOnReplies;
  if (!notifyOnReplies) run.count('customers who want no mails');
  run.tell('admin', `switches mails of ${stored.record.name} ${notifyOnReplies ? 'on' : 'off'}`);
  await world.administer({ kind: 'customer', record: { ...stored.record, notifyOnReplies } });
}

/** Jobs that went away come back, and time passes until nothing waits. */
export async function mailsComeToRest(world: World): Promise<void> {
  const { run, server, office } = world;
  for (const pipeline of office.pipelines) {
    const stages = pipeline.stages.map((stage) => ({ ...stage, visibleToCustomer: true }));
    const stands = world.model.pipelines.get(pipeline.id) ?? pipeline;
    await world.administer({ kind: 'pipeline', record: { ...stands, stages } });
  }
  for (let rounds = 0; rounds < MOST_ROUNDS; rounds += 1) {
    const next = await server.storage.mails.nextMailAt();
    if (next === undefined) return;
    server.clockOffsetMs += Math.max(0, Date.parse(next) - server.nowMs);
    // Nobody asks for it any more: whatever is due leaves by itself, within the time between two looks.
    const { scheduler } = run;
    await scheduler.stepThrough(scheduler.work(() => scheduler.pause(BETWEEN_LOOKS_MS)));
  }
  run.violate('everything comes to rest', 'mails still wait');
}
