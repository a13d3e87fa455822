// What must hold of canned replies: those there are stand as they were left, and a personal one is nobody else's. (C6) [V3]

import type { CannedReply } from '../../sync-server/protocol/canned-replies.ts';
import { short } from './run.ts';
import { sameLines } from './same-lines.ts';
import type { SimulatedDesk } from './simulated-desk.ts';
import type { World } from './world.ts';

export async function checkCanned(world: World): Promise<void> {
  const { run, server, model, workspaceId } = world;
  const stored: string[] = [];
  for (const { id } of model.canned.all) {
    const reply = (await server.storage.recordById(workspaceId, 'canned_reply', id))?.record;
    const { ownerId, title, text, files = [] } = reply ?? {};
    stored.push(JSON.stringify([id, ownerId, title, text, files.map(({ blobId }) => blobId)]));
  }
  const modelled = model.canned.all.map(({ id, ownerId, title, text, blobIds }) =>
    JSON.stringify([id, ownerId, title, text, blobIds]),
  );
  sameLines(run, 'every canned reply stands as it was left', stored, modelled);
  for (const desk of world.desks) {
    checkPersonal(world, desk);
    checkConfirmed(world, desk);
  }
}

/** At any moment: no row of somebody else's own, and no bytes of one. */
export function checkPersonal({ run, model }: World, desk: SimulatedDesk): void {
  const { memberId } = desk.account;
  const foreign = desk.mirror?.all<{ id: string }>(
    'SELECT id FROM canned_reply WHERE owner_id IS NOT NULL AND owner_id <> @memberId',
    { memberId },
  );
  for (const { id } of foreign ?? [])
    run.violate('a personal canned reply is its member’s alone', `${short(id)} on ${desk.name}`);
  for (const [blobId, ownerId] of model.canned.own) {
    if (ownerId === memberId) continue;
    run.count('personal canned replies kept from others');
    if (desk.bytesOf(blobId) !== undefined)
      run.violate('a personal canned reply is its member’s alone', `bytes on ${desk.name}`);
  }
}

/** Once all has come to rest, what the server has confirmed on a desk is what the model gives its member. */
function checkConfirmed({ run, model }: World, desk: SimulatedDesk): void {
  const may = new Map(model.canned.of(desk.account.memberId).map((reply) => [reply.id, reply]));
  const rows = desk.mirror?.all<{ id: string; data: string }>(
    'SELECT id, data FROM canned_reply WHERE version IS NOT NULL',
  );
  for (const { id, data } of rows ?? []) {
    const { ownerId, text } = JSON.parse(data) as CannedReply;
    const known = may.get(id);
    if (known === undefined || known.ownerId !== ownerId || known.text !== text)
      run.violate(
        'a desk has the canned replies its member may have',
        `${short(id)} on ${desk.name}`,
      );
  }
}
