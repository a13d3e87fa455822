// A customer's session without a browser: a fresh link, used at once.

import {
  createPortalLink,
  enterByLink,
  type OpenedSession,
} from '../../sync-server/auth/customer.ts';
import type { CustomerId, WorkspaceId } from '../../sync-server/protocol/ids.ts';
import { applyCustomerMutation } from '../../sync-server/storage/apply-mutations.ts';
import type { Storage } from '../../sync-server/storage/storage.ts';

export async function enterPortal(
  { storage, now }: { readonly storage: Storage; now(): number },
  customer: { readonly workspaceId: WorkspaceId; readonly customerId: CustomerId },
): Promise<OpenedSession> {
  const wish = { ...customer, memberId: null, mailedTo: null, baseUrl: '' };
  const { url } = await createPortalLink({ storage, now }, wish);
  const act: Parameters<typeof enterByLink>[0]['act'] = ({ mutationId, name, args, ...who }) => {
    const arrivedAt = new Date(now()).toISOString();
    const mutation = { id: mutationId, name, args, writtenAt: arrivedAt };
    return applyCustomerMutation(storage, { ...who, mutation, arrivedAt });
  };
  const token = url.slice(url.lastIndexOf('/') + 1);
  const entrance = { linkToken: token, oldSessionToken: undefined, device: 'A test' };
  const session = await enterByLink({ storage, now, act }, entrance);
  if (session === undefined) throw new Error('A fresh link opens a session.');
  return session;
}
