// What happens to machines, networks, clocks and settings while people work.

import { role } from '../../sync-server/protocol/values.ts';
import { goAway } from './go-away.ts';
import { switchMails } from './mail-acts.ts';
import type { SimulatedDesk } from './simulated-desk.ts';
import type { World } from './world.ts';

const HOUR_MS = 60 * 60 * 1000;
const MONTH_MS = 31 * 24 * HOUR_MS;
const YEAR_MS = 365 * 24 * HOUR_MS;
const MOST_DESKS = 5;

const MISHAPS = {
  offline: 6,
  away: 2,
  deskDies: 3,
  deskRestarts: 2,
  deskClock: 1.5,
  clone: 1,
  serverDies: 1.2,
  backup: 2,
  restore: 3,
  forget: 12,
  serverClock: 0.5,
  house: 2,
  pipeline: 3,
  role: 1,
  mails: 1.5,
} as const;

export async function befall(world: World): Promise<void> {
  const { run, server } = world;
  const mishap = run.chance.weighted(MISHAPS);
  const desk = run.chance.pick(world.desks);
  switch (mishap) {
    case 'offline':
      world.goOffline(desk);
      break;
    case 'away':
      goAway(world, desk);
      break;
    case 'deskDies':
      if (!desk.isRunning) break;
      run.count('desk crashes at an await');
      desk.die('at an await');
      break;
    case 'deskRestarts':
      await restart(world, desk);
      break;
    case 'deskClock':
      run.count('desk clock jumps');
      desk.clockOffsetMs += run.chance.pick([-3 * YEAR_MS, -HOUR_MS, HOUR_MS, 3 * YEAR_MS]);
      run.tell(desk.name, 'has another idea of the time');
      break;
    case 'clone':
      await clone(world, desk);
      break;
    case 'serverDies':
      if (!server.isRunning) break;
      run.count('server crashes at an await');
      server.die('at an await');
      break;
    case 'backup':
      if (server.isRunning) world.takeBackup();
      break;
    case 'restore':
      planRestore(world);
      break;
    case 'forget':
      // A step of what house-keeping does until nothing is left: whatever comes next finds it half done.
      if (server.isRunning)
        run.count('tombstones forgotten', await server.forgetDeletions(run.chance.between(1, 9)));
      break;
    case 'serverClock':
      run.count('server clock jumps');
      server.clockOffsetMs += run.chance.pick([-YEAR_MS, -HOUR_MS, HOUR_MS, 2 * YEAR_MS]);
      world.doorWatch.upheaval();
      run.tell('server', 'has another idea of the time');
      break;
    case 'house':
      if (server.isRunning) void keepHouse(world);
      break;
    case 'pipeline':
      if (server.isRunning) await changePipeline(world);
      break;
    case 'mails':
      if (server.isRunning) await switchMails(world);
      break;
    case 'role':
      if (server.isRunning) await changeRole(world);
      break;
  }
}

async function restart(world: World, desk: SimulatedDesk): Promise<void> {
  if (!desk.isRunning) return;
  const { run } = world;
  run.count('desk restarts');
  run.tell(desk.name, 'quits');
  await desk.quit();
  run.scheduler.after(run.chance.between(10, 30_000), async () => {
    if (!desk.isRunning) await world.startDesk(desk);
  });
}

async function clone(world: World, desk: SimulatedDesk): Promise<void> {
  const { run, desks } = world;
  if (desks.length >= MOST_DESKS || desk.mirror === undefined) return;
  run.count('clones');
  await world.cloneDesk(desk, `${desk.account.member.name}-${desks.length + 1}`);
}

/** The machine breaks, and after a while goes on from the backup. What was on the wire has arrived or is lost by then. */
function planRestore(world: World): void {
  const { run, server, backup } = world;
  if (backup === undefined || !server.isRunning) return;
  world.isRestoring = true;
  server.die('for good');
  run.scheduler.after(9_000, async () => {
    await world.restoreBackup(backup);
    world.isRestoring = false;
    await world.startServer();
  });
}

/** Now and then long after it was last done. */
async function keepHouse({ run, server }: World): Promise<void> {
  if (run.chance.happens(0.5)) server.clockOffsetMs += MONTH_MS;
  run.tell('server', 'keeps house');
  // It may die over it.
  await server.keepHouse().catch(() => undefined);
}

async function changePipeline(world: World): Promise<void> {
  const { run, model, office } = world;
  const { chance } = run;
  const first = chance.pick(office.pipelines);
  const pipeline = model.pipelines.get(first.id) ?? first;
  const change = chance.weighted({ stage: 4, reply: 1, remove: 2, field: 1, back: 3 });
  run.count('pipeline changes');
  run.tell('admin', `changes ${pipeline.name}: ${change}`);
  const toggled = chance.pick(pipeline.stages);
  const stages = pipeline.stages.map((stage) =>
    stage.id === toggled.id ? { ...stage, visibleToCustomer: !stage.visibleToCustomer } : stage,
  );
  const changes = {
    stage: { stages },
    reply: { customerCanReply: !pipeline.customerCanReply },
    remove: { stages: pipeline.stages.slice(0, Math.max(2, pipeline.stages.length - 1)) },
    field: { fields: pipeline.fields.slice(0, 1) },
    back: { stages: first.stages, fields: first.fields, customerCanReply: true },
  } as const;
  await world.administer({ kind: 'pipeline', record: { ...pipeline, ...changes[change] } });
}

async function changeRole(world: World): Promise<void> {
  const { run, office, server, workspaceId } = world;
  const { id } = run.chance.pick(office.members);
  const stored = await server.storage.recordById(workspaceId, 'member', id);
  if (stored === undefined) return;
  run.count('role changes');
  const changed = { ...stored.record, role: run.chance.pick(role.options) };
  await world.administer({ kind: 'member', record: changed });
}
