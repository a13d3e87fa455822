// A customer's link, and a session without a browser: a fresh link, used at once.

import {
  createPortalLink,
  enterByLink,
  type OpenedSession,
} from '../../sync-server/auth/customer.ts';
import type { CustomerId, WorkspaceId } from '../../sync-server/protocol/ids.ts';
import { applyCustomerMutation } from '../../sync-server/storage/apply-mutations.ts';
import type { Storage } from '../../sync-server/storage/storage.ts';

interface Whose {
  readonly workspaceId: WorkspaceId;
  readonly customerId: CustomerId;
}

/** The address of a fresh link, as staff copy it. */
export async function copiedLink(
  deps: { readonly storage: Storage; now(): number },
  customer: Whose,
  baseUrl = '',
): Promise<string> {
  const wish = { ...customer, memberId: null, mailedTo: null, baseUrl };
  const link = await createPortalLink(deps, wish);
  if (link === undefined) throw new Error('A link is for a customer who is there.');
  return link.url;
}

export async function enterPortal(
  { storage, now }: { readonly storage: Storage; now(): number },
  customer: Whose,
): Promise<OpenedSession> {
  const url = await copiedLink({ storage, now }, customer);
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
