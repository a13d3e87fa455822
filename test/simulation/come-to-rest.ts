// The end of the bad weather: everything is switched on and left alone until nothing is left to do.

import { type CursorContent, readCursor } from '../../sync-server/sync/cursor.ts';
import { comeBack } from './end-devices.ts';
import type { Hand } from './file-acts.ts';
import type { SimulatedDesk } from './simulated-desk.ts';
import type { OutboxRow } from './ledger.ts';
import { sendAfterLook } from './look-acts.ts';
import { mailsComeToRest } from './mail-acts.ts';
import { CALM } from './weather.ts';
import type { World } from './world.ts';

/** Simulated time an office may take to be in step after the worst of days. */
const PATIENCE_MS = 15 * 60_000;
const LOOK_EVERY_MS = 1000;

export async function comeToRest(world: World): Promise<void> {
  const { run, network } = world;
  network.weather = CALM;
  run.tell('weather', 'is calm');
  await allInStep(world);
  do {
    // What was hidden comes back, so whatever was held can be told.
    if (run.violation === undefined) await mailsComeToRest(world);
    await allInStep(world);
    // The time of a scheduled reply may have come meanwhile. (C8)
  } while (run.violation === undefined && (await hasMail(world)));
}

async function hasMail({ server }: World): Promise<boolean> {
  return (await server.storage.mails.nextMailAt()) !== undefined;
}

async function allInStep(world: World): Promise<void> {
  const { run } = world;
  const giveUpMs = run.nowMs + PATIENCE_MS;
  while (run.violation === undefined) {
    await switchOn(world);
    if (await isAtRest(world)) return;
    if (run.nowMs > giveUpMs) {
      run.violate('everything comes to rest', await restlessness(world));
      return;
    }
    await pass(world, LOOK_EVERY_MS);
  }
}

async function pass({ run }: World, durationMs: number): Promise<void> {
  const untilMs = run.nowMs + durationMs;
  // Something to stop at, where nothing else is planned.
  run.scheduler.after(durationMs, () => undefined);
  while (run.nowMs < untilMs && run.violation === undefined) await run.scheduler.step();
}

async function switchOn(world: World): Promise<void> {
  await world.startServer();
  for (const desk of world.desks) {
    if (desk.isOffline) desk.setOffline(false);
    if (!desk.isRunning) await world.startDesk(desk);
    if (world.server.isRunning) await signInAgain(world, desk);
    if (desk.isRunning) look(world, desk);
  }
}

/** Whatever waits for a person's look gets it. [P7] */
function look(world: World, desk: SimulatedDesk): void {
  const ask: Hand['ask'] = (name, args, onEnd) =>
    void desk.request(name, args).then((end) => {
      onEnd?.(end.kind === 'answered');
      world.look(desk);
    });
  sendAfterLook({ world, desk, ask });
}

/** A desk whose token the server no longer takes keeps everything and asks its member to sign in. [F4] */
export async function signInAgain(world: World, desk: SimulatedDesk): Promise<void> {
  if (!desk.isRunning) return;
  const session = desk.window.ask('session', {});
  if (session?.kind === 'ended' && session.unsent !== null) return comeBack(world, desk);
  if (session?.kind !== 'expired') return;
  world.run.count('signed out by the server');
  await desk.quit();
  desk.giveToken(await world.newToken(desk.account.member));
  await world.startDesk(desk);
}

async function isAtRest(world: World): Promise<boolean> {
  const { server, workspaceId, network, run } = world;
  const busyUntilMs = Math.max(network.quietFromMs, world.plannedUntilMs);
  if (!server.isRunning || run.nowMs < busyUntilMs) return false;
  const head = await server.storage.headVersion(workspaceId);
  const epoch = await server.storage.epoch();
  const at = new Date(server.nowMs).toISOString();
  if ((await server.storage.dueReplies.due(at, 1)).length > 0) return false;
  return world.desks.every((desk) => {
    world.look(desk);
    // A number alone says nothing after a restore: another history may have come just as far. [L6]
    const stands = cursorOf(desk);
    const isInStep = stands?.at === 'version' && stands.epoch === epoch && stands.version === head;
    // The last page of a snapshot is at the head already; what it did not bring is swept by the page after it. [L3]
    if (!isInStep || desk.isRefilling || waiting(world, desk).length > 0) return false;
    // Bytes go on ahead of what stands behind something parked. [B2]
    return desk.window.ask('transfers', {})?.files.length === 0;
  });
}

function cursorOf({ mirror }: SimulatedDesk): CursorContent | undefined {
  const row = mirror?.get<{ value: string }>(`SELECT value FROM meta WHERE key = 'cursor'`);
  return row === undefined ? undefined : readCursor(row.value);
}

/** What is neither parked nor waits, by way of whatever else, for something that is. [P2] */
function waiting({ ledger }: World, { name }: SimulatedDesk): readonly OutboxRow[] {
  const stuck = new Set<string>();
  const stuckJobs = new Set<string>();
  const waits: OutboxRow[] = [];
  for (const row of ledger.outboxOf(name)) {
    const isBehind =
      row.dependsOn.some((id) => stuck.has(id)) || (row.jobId !== null && stuckJobs.has(row.jobId));
    if (row.state === 'parked') stuck.add(row.id);
    else if (isBehind && row.state === 'pending') {
      stuck.add(row.id);
      if (row.jobId !== null) stuckJobs.add(row.jobId);
    } else waits.push(row);
  }
  return waits;
}

async function restlessness(world: World): Promise<string> {
  const { server, workspaceId } = world;
  const head = server.isRunning ? await server.storage.headVersion(workspaceId) : 'off';
  const desks = world.desks.map((desk) => {
    const sync = desk.isRunning ? desk.window.ask('sync', {}) : undefined;
    const rows = waiting(world, desk).map(({ name, state }) => `${name} ${state}`);
    return `${desk.name} at ${cursorOf(desk)?.version ?? 'nothing'}, ${sync?.kind ?? 'off'}, ${sync?.trouble ?? 'no trouble'}, ${rows.join(' ')}`;
  });
  return `the server is at ${head}; ${desks.join('; ')}`;
}
