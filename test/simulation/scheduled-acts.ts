// Replies that are sent later, in stories of their own: people schedule them, change their minds, and meanwhile customers write,
// desks are offline, and the server dies over a release. (C8)

import type { ScheduledItem } from '../../electron/core/api/scheduled-contract.ts';
import type { EntryId, JobId } from '../../sync-server/protocol/ids.ts';
import { addFiles } from './file-acts.ts';
import { short } from './run.ts';
import type { SimulatedDesk } from './simulated-desk.ts';
import type { World } from './world.ts';

const ACTS = 45;
const CUSTOMERS_WORDS = 15;
const WITHIN_MS = 110_000;

export function planScheduling(world: World): void {
  const { chance, scheduler, nowMs } = world.run;
  world.plannedUntilMs = nowMs + WITHIN_MS;
  for (let count = 0; count < CUSTOMERS_WORDS; count += 1)
    scheduler.after(
      chance.between(2_000, WITHIN_MS),
      () => void chance.pick(world.customers).reply(),
    );
  for (let count = 0; count < ACTS; count += 1)
    scheduler.after(chance.between(2_000, WITHIN_MS), () => {
      const desk = chance.pick(world.desks);
      if (desk.isRunning) void (chance.happens(0.6) ? schedule(world, desk) : decide(world, desk));
    });
}

async function schedule(world: World, desk: SimulatedDesk): Promise<void> {
  const { run, server } = world;
  const { chance } = run;
  const page = desk.window.ask('jobs.one', { jobId: pickJob(world, desk) });
  if (page == null) return;
  const { job, seenVersion } = page;
  const files = chance.happens(0.3) ? await addFiles(handOf(world, desk), job.id) : [];
  if (files === undefined || !desk.isRunning) return;
  // Now and then for a time that is over by when it arrives, or for long after the story.
  const ahead = chance.pick([
    chance.between(300, 4_000),
    chance.between(4_000, 60_000),
    86_400_000,
  ]);
  const entryId = run.newId() as EntryId;
  await ask(world, desk, 'scheduled.add', {
    entryId,
    jobId: job.id,
    text: `reply-${desk.name}-${short(entryId)}`,
    files,
    seenVersion,
    sendAt: new Date(server.nowMs + ahead).toISOString(),
    unlessCustomerWrites: chance.happens(0.7),
  });
}

/** About one that the server has: what this desk alone has is forgotten by the desk alone. */
async function decide(world: World, desk: SimulatedDesk): Promise<void> {
  const { run, server } = world;
  const { chance } = run;
  const items = (desk.window.ask('scheduled', {}) ?? []).filter(isWithServer(desk));
  const held = items.filter((item) => item.held !== null);
  const item = chance.pickAny(held.length > 0 && chance.happens(0.6) ? held : items);
  const page = item && desk.window.ask('jobs.one', { jobId: item.jobId });
  if (item === undefined || page == null) return;
  const { entryId, revision } = item;
  // A lid that is closed: the server may be quicker with what is decided here.
  if (chance.happens(0.3)) world.goOffline(desk);
  const act = { entryId, revision, seenVersion: page.seenVersion };
  const way = chance.weighted({ change: 4, send: 3, note: 1, cancel: 2 });
  if (way !== 'change') return ask(world, desk, 'scheduled.end', { ...act, how: way });
  await ask(world, desk, 'scheduled.change', {
    ...act,
    text: item.mine ? `${item.text}-again` : item.text,
    sendAt: new Date(server.nowMs + chance.between(300, 40_000)).toISOString(),
    unlessCustomerWrites: chance.happens(0.7),
  });
}

const isWithServer =
  ({ mirror }: SimulatedDesk) =>
  ({ entryId, waiting }: ScheduledItem) =>
    waiting === null &&
    mirror?.get(`SELECT id FROM outbox WHERE args ->> '$.entryId' = @entryId`, { entryId }) ===
      undefined;

/** The customers' own jobs, so that they and the office meet on the same ones. */
function pickJob({ run, model, office }: World, desk: SimulatedDesk): JobId {
  const ids = new Set(office.customers.map(({ id }): string => id));
  const own = [...model.jobs.values()].filter(({ customerId }) => ids.has(customerId));
  const jobs = own.slice(0, run.chance.happens(0.8) ? 2 : own.length);
  return (run.chance.pickAny(jobs)?.id ?? desk.name) as JobId;
}

function handOf(world: World, desk: SimulatedDesk) {
  return { world, desk, page: () => undefined, ask: () => undefined };
}

async function ask(
  world: World,
  desk: SimulatedDesk,
  ...[name, args]: Parameters<SimulatedDesk['request']>
): Promise<void> {
  const end = await desk.request(name, args);
  const isDone = end.kind === 'answered';
  world.run.tell(desk.name, `${name} ${isDone ? 'done' : `not done: ${end.sentence}`}`);
  if (end.kind === 'failed' && end.error === 'broke')
    world.run.violate('no mistake of ours', `${desk.name} ${name}: ${end.sentence}`);
  world.look(desk);
}
