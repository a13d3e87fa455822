// Desks that are away for long.

import { short } from './run.ts';
import type { SimulatedDesk } from './simulated-desk.ts';
import { writeAbout } from './staff-acts.ts';
import type { World } from './world.ts';

const HOUR_MS = 60 * 60 * 1000;

/** A laptop in a bag: its person writes to customers on the way, and a day or two later it is opened again. */
export function goAway(world: World, desk: SimulatedDesk): void {
  const { run } = world;
  run.count('long spells away');
  run.tell(desk.name, 'goes away');
  desk.setOffline(true);
  for (let left = run.chance.between(0, 2); left > 0; left -= 1)
    run.scheduler.after(run.chance.between(1, 20_000), () => writeOnTheWay(world, desk));
  run.scheduler.after(run.chance.between(20_000, 40_000), () => {
    world.look(desk);
    // Where another spell ended in between, it was in step meanwhile.
    if (desk.isOffline) world.lookWatch.comesBack(desk, world.ledger.outboxOf(desk.name));
    desk.clockOffsetMs += run.chance.between(12, 60) * HOUR_MS;
    run.tell(desk.name, 'is back after a long spell');
    desk.setOffline(false);
  });
}

function writeOnTheWay(world: World, desk: SimulatedDesk): void {
  const { run, model } = world;
  const job = run.chance.pickAny([...model.jobs.values()]);
  if (job === undefined || !desk.isRunning || !desk.isOffline) return;
  const text = `reply-away-${short(run.newId())}`;
  writeAbout(world, desk, { jobId: job.id, audience: 'visible', text });
}
