// Links made by a device's push: the token stays with the person, the server knows its hash. (A6, E1)

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newToken } from '../../../sync-server/auth/tokens.ts';
import { type PortalLink, portalLink } from '../../../sync-server/protocol/records.ts';
import { aMutation, aPortalLinkId, tokenHashOf } from '../../support/builders.ts';
import { signInDevice, type TestDevice } from '../../support/test-device.ts';
import { addOffice, startTestServer, type TestServer } from '../../support/test-server.ts';

let server: TestServer;
let mara: TestDevice;
beforeEach(async () => {
  server = await startTestServer();
  mara = await signInDevice(server);
});
afterEach(() => server.stop());

function aLink(customerId = server.office.anna.id) {
  const token = newToken();
  const linkId = aPortalLinkId();
  const args = { linkId, customerId, tokenHash: tokenHashOf(token) };
  const url = `${server.url}/portal/enter/${token}`;
  return { linkId, token, url, mutation: aMutation('create_portal_link', args) };
}
const revoke = (of: 'all' | PortalLink['id'][], endSessions = false) =>
  aMutation('revoke_portal_links', { customerId: server.office.anna.id, of, endSessions });
const enter = (url: string) => fetch(url, { method: 'POST', redirect: 'manual' });
const stands = async (linkId: string) => {
  const { changes } = await mara.pullAll();
  const change = changes.find(({ id }) => id === linkId);
  return change?.op === 'put' ? portalLink.parse(change.record) : undefined;
};

describe('(E1) a link made on a device', () => {
  it('opens nothing before it has reached the server, then lets in once, and every device sees it used', async () => {
    const link = aLink();
    expect((await enter(link.url)).status).toBe(410);
    await mara.push(link.mutation);
    expect(await stands(link.linkId)).toMatchObject({
      memberId: server.office.mara.id,
      mailedTo: null,
      ended: null,
    });
    const presses = await Promise.all([enter(link.url), enter(link.url)]);
    expect(presses.map(({ status }) => status).sort()).toEqual([303, 410]);
    expect(await stands(link.linkId)).toMatchObject({ ended: { how: 'used' } });
  });

  it('[P1] sent twice is one link', async () => {
    const link = aLink();
    await mara.push(link.mutation);
    const [again] = await mara.push(link.mutation);
    expect(again?.kind).toBe('applied');
    expect((await enter(link.url)).status).toBe(303);
  });

  it('[V2] for a customer of another office is refused like one for nobody', async () => {
    const other = await addOffice(server.data, 'other.example');
    const [foreign, absent] = await mara.push(
      aLink(other.anna.id).mutation,
      aLink(aPortalLinkId() as never).mutation,
    );
    expect(foreign).toMatchObject({ kind: 'refused' });
    expect(foreign).toEqual(absent);
  });

  it('with a hash that is taken opens nothing new, and the rest of the push is done', async () => {
    const first = aLink();
    const thief = aMutation('create_portal_link', {
      linkId: aPortalLinkId(),
      customerId: server.office.bela.id,
      tokenHash: tokenHashOf(first.token),
    });
    const last = aLink();
    await mara.push(first.mutation, thief, last.mutation);
    expect(await (await fetch(first.url)).text()).toContain(server.office.anna.name);
    expect((await enter(last.url)).status).toBe(303);
  });
});

describe('(A6) revoking', () => {
  it('ends the link that is named and leaves the others', async () => {
    const [one, other] = [aLink(), aLink()];
    await mara.push(one.mutation, other.mutation, revoke([one.linkId]));
    expect((await enter(one.url)).status).toBe(410);
    expect(await stands(one.linkId)).toMatchObject({ ended: { how: 'revoked' } });
    expect((await enter(other.url)).status).toBe(303);
  });

  it('of all ends those too that stand in the same push or were never seen here, and no other customer’s', async () => {
    const unseen = await server.portalLink();
    const belas = await server.portalLink(server.office.bela);
    const own = aLink();
    await mara.push(own.mutation, revoke('all'));
    for (const url of [unseen, own.url]) expect((await enter(url)).status).toBe(410);
    expect((await enter(belas)).status).toBe(303);
  });

  it('signs the customer out only where that is asked for', async () => {
    const session = async () =>
      (await enter(await server.portalLink())).headers.get('set-cookie')?.split(';')[0] ?? '';
    const cookie = await session();
    const look = async () => (await fetch(`${server.url}/portal`, { headers: { cookie } })).status;
    await mara.push(revoke('all'));
    expect(await look()).toBe(200);
    await mara.push(revoke('all', true));
    expect(await look()).toBe(401);
  });

  it('signs out also whoever used a link right before, where nothing comes between the two', async () => {
    const link = aLink();
    await mara.push(link.mutation);
    const { storage } = server.data;
    const transact = storage.transact.bind(storage);
    vi.spyOn(storage, 'transact').mockImplementationOnce(async (...use) => {
      const committed = await transact(...use);
      await mara.push(revoke('all', true));
      return committed;
    });
    const answer = await enter(link.url);
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect((await fetch(`${server.url}/portal`, { headers: { cookie } })).status).toBe(401);
  });

  it('of a used link tells no other story about it', async () => {
    const link = aLink();
    await mara.push(link.mutation);
    await enter(link.url);
    await mara.push(revoke([link.linkId]));
    expect(await stands(link.linkId)).toMatchObject({ ended: { how: 'used' } });
  });
});
