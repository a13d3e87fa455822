// Coming in and going out: a device's sign-in and sign-out, and the link that lets a customer in.

import type { FastifyInstance } from 'fastify';
import { AppError } from '../errors.ts';
import { customerId } from '../protocol/ids.ts';
import { parse } from '../protocol/parse.ts';
import { answersIn } from '../protocol/served-versions.ts';
import { type PortalLinkAnswer, signInRequest } from '../protocol/sync.ts';
import type { CustomerDoor } from '../storage/storage.ts';
import { createPortalLink } from './customer.ts';
import { limitSignIns } from './rate-limit.ts';
import { protocolOf, requireStaff, signIn, type StaffDeps, staffOf } from './staff.ts';

export interface AuthDeps extends StaffDeps {
  readonly storage: StaffDeps['storage'] & CustomerDoor;
  /** What links to this server begin with, without a slash at the end. */
  publicUrl(): string;
}

const SIGN_IN_BYTES = 16 * 1024;

export async function registerAuth(app: FastifyInstance, deps: AuthDeps): Promise<void> {
  app.post(
    '/api/auth/sign-in',
    {
      bodyLimit: SIGN_IN_BYTES,
      onRequest: async (request) => {
        protocolOf(request);
        await Promise.resolve();
      },
      preHandler: limitSignIns(app),
    },
    async (request) => {
      const answer = await signIn(deps, parse(signInRequest, request.body, 'The sign-in'));
      return answersIn(protocolOf(request)).signIn(answer);
    },
  );

  app.post('/api/auth/sign-out', { onRequest: requireStaff(deps) }, async (request, reply) => {
    const { tokenHash } = staffOf(request);
    await deps.storage.revokeDevice(tokenHash, new Date(deps.now()).toISOString());
    return reply.code(204).send();
  });

  app.post<{ Params: { customerId: string } }>(
    '/api/customers/:customerId/portal-link',
    { onRequest: requireStaff(deps) },
    async (request): Promise<PortalLinkAnswer> => {
      const { workspaceId } = staffOf(request);
      const id = customerId.safeParse(request.params.customerId);
      const customer = id.data && (await deps.storage.recordById(workspaceId, 'customer', id.data));
      if (customer === undefined)
        throw new AppError('not-found', { sentence: 'This customer is not in your office.' });
      return createPortalLink(deps, {
        workspaceId,
        customerId: customer.record.id,
        delivery: 'copied',
        baseUrl: deps.publicUrl(),
      });
    },
  );
  await Promise.resolve();
}
