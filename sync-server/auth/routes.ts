// Coming in and going out: a device's sign-in and sign-out.

import type { FastifyInstance } from 'fastify';
import { parse } from '../protocol/parse.ts';
import { answersIn } from '../protocol/served-versions.ts';
import { signInRequest } from '../protocol/sync.ts';
import { limitSignIns } from './rate-limit.ts';
import { protocolOf, requireStaff, signIn, type StaffDeps, staffOf } from './staff.ts';

const SIGN_IN_BYTES = 16 * 1024;

export async function registerAuth(app: FastifyInstance, deps: StaffDeps): Promise<void> {
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
  await Promise.resolve();
}
