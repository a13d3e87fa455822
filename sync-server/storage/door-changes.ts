// What a batch of mutations changes about who may come in, written in the commit of its records. (E1)

import type { Kysely } from 'kysely';
import type { WorkspaceId } from '../protocol/ids.ts';
import type { DoorChange } from '../protocol/outcome.ts';
import { assertNever } from '../protocol/parse.ts';
import {
  deleteSignIn,
  endDevicesOf,
  endSessionsOfCustomer,
  insertLinkKey,
  replaceSignIn,
} from './door-queries.ts';
import { insertSession } from './kysely-customer-sessions.ts';
import type { PendingDeletions } from './pending-deletions.ts';
import type { Tables } from './tables.ts';

export async function writeDoorChange(
  database: Kysely<Tables>,
  of: { readonly workspaceId: WorkspaceId; readonly deletions: PendingDeletions },
  change: DoorChange,
): Promise<void> {
  const { workspaceId, deletions } = of;
  switch (change.kind) {
    case 'add-key': {
      const { tokenHash, linkId } = change;
      const row = { token_hash: tokenHash, workspace_id: workspaceId, link_id: linkId };
      return insertLinkKey(database, row);
    }
    case 'add-session': {
      const { customerId, session, at } = change;
      const times = { tokenSince: at, createdAt: at, lastUsedAt: at };
      const before = { previousHash: null, previousUntil: null };
      return insertSession(database, { ...session, ...times, ...before, workspaceId, customerId });
    }
    case 'end-sessions': {
      const { customerId, at } = change;
      return endSessionsOfCustomer(database, { workspaceId, customerId, endedAt: at });
    }
    case 'forget-customer':
      return deletions.forgetCustomer(change.customerId);
    case 'end-devices': {
      const { memberId, which, at, how } = change;
      return endDevicesOf(database, { workspaceId, memberId, ...which, endedAt: at, how });
    }
    case 'set-sign-in': {
      const { memberId, email, passwordHash } = change;
      return replaceSignIn(database, {
        workspace_id: workspaceId,
        member_id: memberId,
        email: email.toLowerCase(),
        password_hash: passwordHash,
      });
    }
    case 'remove-sign-in':
      return deleteSignIn(database, { workspaceId, memberId: change.memberId });
    default:
      return assertNever(change);
  }
}
