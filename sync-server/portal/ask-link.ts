// A customer asks for a sign-in link. Whoever asks learns nothing: the answer goes out before anything is looked up. [V2] (E1)

import type { FastifyBaseLogger } from 'fastify';
import * as z from 'zod';
import type { Portal } from './answers.ts';
import type { PortalDeps } from './portal-deps.ts';

const emailAddress = z.email().max(254);

/** Undefined for what is no address at all; whether anybody has it is not asked here. */
export function emailIn(text: string): string | undefined {
  return emailAddress.safeParse(text.trim()).data?.toLowerCase();
}

/** Mails a link to each customer who has this address, in whatever office; nobody waits for it. */
export function askForLink(portal: Portal, email: string, log: FastifyBaseLogger): void {
  const work = mailLinks(portal, email).catch((error: unknown) => {
    log.error({ err: error, event: 'sign-in-link-failed' });
  });
  portal.inBackground(work);
}

async function mailLinks({ storage, sendSignInLink }: PortalDeps, email: string): Promise<void> {
  for (const { workspaceId, customerId } of await storage.customersByEmail(email)) {
    const customer = await storage.recordById(workspaceId, 'customer', customerId);
    // As the office wrote it.
    const to = customer?.record.emails.find((each) => each.toLowerCase() === email);
    if (to !== undefined) await sendSignInLink({ workspaceId, customerId, to, jobId: null });
  }
}
