// A session without a link: as a link's use writes it, with the times a test wants.

import type { TokenHash } from '../../sync-server/protocol/ids.ts';
import { appliedWithDoor } from '../../sync-server/protocol/outcome.ts';
import type { CustomerSession } from '../../sync-server/storage/customer-sessions.ts';
import type { Storage } from '../../sync-server/storage/storage.ts';
import { aMutationId } from './builders.ts';

export async function addSession(storage: Storage, session: CustomerSession): Promise<void> {
  const { workspaceId, customerId, id, tokenHash, device, createdAt, expiresAt, ...rest } = session;
  const opened = { id, tokenHash: tokenHash as TokenHash, device, expiresAt };
  await storage.transact(workspaceId, async (transaction) => {
    transaction.settle(
      { id: aMutationId(), actorKey: 'test' },
      appliedWithDoor([], [{ kind: 'add-session', customerId, session: opened, at: createdAt }]),
    );
    await Promise.resolve();
  });
  await storage.sessions.change(session, rest);
}
