// What members and admins ask about the people of their office and the devices they are signed in on. (J1)

import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { clientId, memberId } from '../protocol/ids.ts';
import {
  addMemberRequest,
  changeMemberRequest,
  changePasswordRequest,
  newPasswordRequest,
  removeMemberRequest,
} from '../protocol/office-members.ts';
import { parse } from '../protocol/parse.ts';
import { listMembers } from './list-members.ts';
import {
  addMember,
  changeMember,
  type MemberDeps,
  removeMember,
  requireAdmin,
  setPassword,
  signOutDevice,
} from './members.ts';
import { changeOwnPassword } from './own-password.ts';
import { limitAddedMembers, limitPasswordChanges } from './rate-limit.ts';
import { requireStaff, staffOf } from './staff.ts';

const MEMBER_BYTES = 16 * 1024;

const memberPlace = z.object({ memberId });
const devicePlace = z.object({ memberId, clientId });

/** Registered in a scope of its own: everything here is for signed-in members. */
export async function registerMembers(app: FastifyInstance, deps: MemberDeps): Promise<void> {
  app.addHook('onRequest', requireStaff(deps));
  const asking = (request: FastifyRequest) => staffOf(request).memberId;
  const limits = { bodyLimit: MEMBER_BYTES };

  app.get('/api/members', (request) => listMembers(deps, staffOf(request)));

  app.post(
    '/api/members',
    { ...limits, preHandler: [adminsOnly, limitAddedMembers(app, asking)] },
    async (request, reply) => {
      const wish = parse(addMemberRequest, request.body, 'The new member');
      await addMember(deps, staffOf(request), wish);
      return reply.code(204).send();
    },
  );

  app.post(
    '/api/members/:memberId',
    { ...limits, preHandler: adminsOnly },
    async (request, reply) => {
      const wish = parse(changeMemberRequest, request.body, 'The change');
      await changeMember(deps, staffOf(request), { ...wish, ...placeOf(request) });
      return reply.code(204).send();
    },
  );

  app.post(
    '/api/members/:memberId/password',
    { ...limits, preHandler: [adminsOnly, limitPasswordChanges(app, asking)] },
    async (request, reply) => {
      const wish = parse(newPasswordRequest, request.body, 'The new password');
      await setPassword(deps, staffOf(request), { ...wish, ...placeOf(request) });
      return reply.code(204).send();
    },
  );

  app.post(
    '/api/members/:memberId/remove',
    { ...limits, preHandler: adminsOnly },
    async (request, reply) => {
      const wish = parse(removeMemberRequest, request.body, 'The removal');
      await removeMember(deps, staffOf(request), { ...wish, ...placeOf(request) });
      return reply.code(204).send();
    },
  );

  app.post('/api/members/:memberId/devices/:clientId/sign-out', limits, async (request, reply) => {
    const place = parse(devicePlace, request.params, 'The device');
    await signOutDevice(deps, staffOf(request), place);
    return reply.code(204).send();
  });

  app.post(
    '/api/password',
    { ...limits, preHandler: limitPasswordChanges(app, asking) },
    async (request, reply) => {
      const wish = parse(changePasswordRequest, request.body, 'The new password');
      await changeOwnPassword(deps, staffOf(request), wish);
      return reply.code(204).send();
    },
  );
  await Promise.resolve();
}

async function adminsOnly(request: FastifyRequest): Promise<void> {
  requireAdmin(staffOf(request));
  await Promise.resolve();
}

const placeOf = ({ params }: FastifyRequest) => parse(memberPlace, params, 'The member');
