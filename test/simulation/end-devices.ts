// Desks that an admin signs out while people work: each wipes at its next contact, and its member signs in again. (J1) [F5]

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openMirror, type ReadableMirror } from '../../electron/core/mirror/database.ts';
import { accountFolder } from '../../electron/core/session/account.ts';
import { forgetSignedOut } from '../../electron/core/session/signed-out.ts';
import { hashToken } from '../../sync-server/auth/tokens.ts';
import { mutationId } from '../../sync-server/protocol/ids.ts';
import { appliedWithDoor } from '../../sync-server/protocol/outcome.ts';
import { RECORD_KINDS } from '../../sync-server/protocol/records.ts';
import { databaseOf, type SimulatedDesk } from './simulated-desk.ts';
import type { World } from './world.ts';

const SIGN_OUTS = 4;
const WITHIN_MS = 60_000;

/** Some desks of the day, at moments of their own. */
export function planSignOuts(world: World): void {
  const { chance, scheduler } = world.run;
  for (let count = 0; count < SIGN_OUTS; count += 1)
    scheduler.after(chance.between(2_000, WITHIN_MS), () =>
      signOut(world, chance.pick(world.desks)),
    );
}

/** Copies of a desk have its token, and are signed out with it. */
async function signOut({ run, server, workspaceId }: World, desk: SimulatedDesk): Promise<void> {
  if (!server.isRunning) return;
  const device = await server.storage.deviceByToken(hashToken(desk.token));
  if (device === undefined) return;
  run.tell('admin', `signs ${desk.name} out`);
  const { memberId, clientId } = device;
  const at = new Date(server.nowMs).toISOString();
  const end = { kind: 'end-devices', memberId, which: { clientId }, at, how: 'admin' } as const;
  await server.storage.transact(workspaceId, (transaction) => {
    const identity = { id: mutationId.parse(run.newId()), actorKey: 'admin:' };
    transaction.settle(identity, appliedWithDoor([], [end]));
    return Promise.resolve();
  });
}

/** Once nothing of the office is left, its member signs in on it again. */
export async function comeBack(world: World, desk: SimulatedDesk): Promise<void> {
  const left = officeLeftOn(desk);
  if (left.length > 0)
    world.run.violate('a desk that was signed out is empty', `${desk.name}: ${left.join(', ')}`);
  world.wipes += 1;
  await desk.quit();
  forgetSignedOut(desk.dataFolder, desk.account);
  desk.giveToken(await world.newToken(desk.account.member));
  await world.startDesk(desk);
}

/** What of a disk is neither unsent nor the device's own. */
export function officeLeftOn({ dataFolder, account }: SimulatedDesk): string[] {
  const folder = accountFolder(dataFolder, account);
  const mirror = openMirror(databaseOf(dataFolder, account));
  try {
    return [...recordsIn(mirror), ...filesIn(folder), ...bytesIn(mirror, join(folder, 'blobs'))];
  } finally {
    mirror.close();
  }
}

function recordsIn(mirror: ReadableMirror): string[] {
  return RECORD_KINDS.flatMap((kind) =>
    mirror
      .all<{ id: string }>(`SELECT id FROM ${kind} WHERE version IS NOT NULL`)
      .map(({ id }) => `${kind} ${id}`),
  );
}

/** SQLite's own, while it is open, beside what stays. */
const STAYS = /^(blobs|signed-out\.json|docket\.sqlite(-wal|-shm)?)$/;

function filesIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => !STAYS.test(name));
}

function bytesIn(mirror: ReadableMirror, folder: string): string[] {
  const unsent = new Set(
    mirror.all<{ id: string }>('SELECT id FROM blob WHERE uploaded_at IS NULL').map(({ id }) => id),
  );
  const waiting = mirror
    .all<{ names: string }>('SELECT blob_ids || args AS names FROM outbox')
    .map(({ names }) => names)
    .join(' ');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.split('/').at(-1) ?? '')
    .filter((name) => name.length === 64 && !unsent.has(name) && !waiting.includes(name));
}
