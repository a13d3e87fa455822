// Who is of an office, and what becomes of whoever is no longer. (J1)

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  MEMBERS_ADDED_PER_ADMIN,
  PASSWORD_CHANGES_PER_MEMBER,
} from '../../../sync-server/auth/rate-limit.ts';
import type { ClientId, MemberId } from '../../../sync-server/protocol/ids.ts';
import type {
  AddMemberRequest,
  MembersAnswer,
} from '../../../sync-server/protocol/office-members.ts';
import type { Member } from '../../../sync-server/protocol/records.ts';
import { aClientId, aMemberId, aMutation, aMutationId, anEntryId } from '../../support/builders.ts';
import { aNote, signInDevice, type TestDevice } from '../../support/test-device.ts';
import {
  addOffice,
  startTestServer,
  TEST_PASSWORD,
  type TestOffice,
  type TestServer,
} from '../../support/test-server.ts';

let server: TestServer;
let mara: TestDevice;
let jonas: TestDevice;
let jonasClient: ClientId;
beforeEach(async () => {
  server = await startTestServer();
  jonasClient = aClientId();
  mara = await signInDevice(server);
  jonas = await signInDevice(server, { email: server.office.jonas.email, clientId: jonasClient });
});
afterEach(() => server.stop());

const post = (by: TestDevice, url: string, payload?: object) =>
  server.app.inject({
    method: 'POST',
    url: `/api${url}`,
    headers: by.headers,
    ...(payload && { payload }),
  });
const list = async (by: TestDevice) =>
  (await server.app.inject({ url: '/api/members', headers: by.headers })).json<MembersAnswer>()
    .members;
const statusOf = async (by: TestDevice) =>
  (await server.app.inject({ url: '/api/sync/pull', headers: by.headers })).statusCode;
const turnedAway = async (by: TestDevice) => {
  const answer = await server.app.inject({ url: '/api/sync/pull', headers: by.headers });
  expect(answer.statusCode).toBe(401);
  return answer.json<{ error: string }>().error;
};
const signsIn = async (email: string, password: string) =>
  (
    await server.app.inject({
      method: 'POST',
      url: '/api/auth/sign-in',
      headers: { 'docket-protocol': '2' },
      payload: { email, password, clientId: aClientId(), deviceName: 'A laptop' },
    })
  ).statusCode === 200;
const recordOf = async (memberId: MemberId, { workspace }: TestOffice = server.office) =>
  (await server.data.storage.recordById(workspace.id, 'member', memberId))?.record;
const assigneeOfJob = async () => {
  const { workspace, job } = server.office;
  return (await server.data.storage.recordById(workspace.id, 'job', job.id))?.record.assigneeId;
};
const newMember = (overrides: Partial<AddMemberRequest> = {}): AddMemberRequest => ({
  mutationId: aMutationId(),
  memberId: aMemberId(),
  name: 'Lena Vogt',
  email: 'lena@harbour.example',
  role: 'member',
  password: 'tide-lamp-corner-moss',
  ...overrides,
});
const change = (by: TestDevice, { id }: Member, wish: object) => post(by, `/members/${id}`, wish);
const remove = (by: TestDevice, { id }: Member, assignTo: MemberId | null = null) =>
  post(by, `/members/${id}/remove`, { assignTo });
const giveJobTo = ({ id }: Member) =>
  mara.push(
    aMutation('assign_job', {
      jobId: server.office.job.id,
      entryId: anEntryId(),
      fromMemberId: null,
      toMemberId: id,
    }),
  );

describe('(J1) adding a member', () => {
  it('lets them in with the password that was set, and every device hears of them', async () => {
    const lena = newMember({ email: 'Lena@Harbour.example' });
    expect((await post(mara, '/members', lena)).statusCode).toBe(204);
    expect(await signsIn('lena@harbour.example', lena.password)).toBe(true);
    const { changes } = await jonas.pullAll();
    expect(changes.find(({ id }) => id === lena.memberId)).toMatchObject({
      kind: 'member',
      record: { name: 'Lena Vogt', email: 'lena@harbour.example', role: 'member' },
    });
  });

  it('[P1] asked twice, because the answer was lost, is one member with one password', async () => {
    const lena = newMember();
    await post(mara, '/members', lena);
    expect((await post(mara, '/members', lena)).statusCode).toBe(204);
    expect((await list(mara)).length).toBe(3);
  });

  it('refuses an email of the office with whose it is, and one of another office without a word about that', async () => {
    await addOffice(server.data, 'other.example');
    const own = await post(mara, '/members', newMember({ email: server.office.jonas.email }));
    expect(own.statusCode).toBe(409);
    expect(own.json()).toMatchObject({ sentence: expect.stringContaining('Jonas Ostrowski') });
    const foreign = await post(mara, '/members', newMember({ email: 'mara@other.example' }));
    expect(foreign.json()).toMatchObject({
      sentence: 'mara@other.example cannot be used on this server. Choose another email.',
    });
  });

  it.each([
    ['short', 'at least 10 characters'],
    ['lena@harbour.example', 'first thing somebody would try'],
    ['aaaaaaaaaaaaaaaa', 'repeats too few characters'],
  ])('refuses the password “%s”', async (password, words) => {
    const answer = await post(mara, '/members', newMember({ password }));
    expect(answer.statusCode).toBe(password === 'short' ? 400 : 409);
    if (password !== 'short')
      expect(answer.json()).toMatchObject({ sentence: expect.stringContaining(words) });
    expect((await list(mara)).length).toBe(2);
  });

  it('trying many addresses is stopped', async () => {
    const taken = newMember({ email: 'not an address' });
    for (let tries = 0; tries < MEMBERS_ADDED_PER_ADMIN; tries += 1)
      expect((await post(mara, '/members', taken)).statusCode).toBe(400);
    expect((await post(mara, '/members', newMember())).statusCode).toBe(429);
  });
});

describe('(J1) changing a member', () => {
  it('gives them another name and role, which count at once', async () => {
    const { office } = server;
    await change(mara, office.jonas, { name: 'Jonas O.', role: 'admin' });
    expect(await recordOf(office.jonas.id)).toMatchObject({ name: 'Jonas O.', role: 'admin' });
    expect((await post(jonas, '/members', newMember())).statusCode).toBe(204);
  });

  it('never leaves an office without an admin', async () => {
    const { office } = server;
    const demoted = await change(mara, office.mara, { name: office.mara.name, role: 'member' });
    expect(demoted.statusCode).toBe(409);
    expect(demoted.json()).toMatchObject({ sentence: expect.stringContaining('only admin') });
    await change(mara, office.jonas, { name: office.jonas.name, role: 'admin' });
    const both = await Promise.all([
      change(mara, office.mara, { name: office.mara.name, role: 'member' }),
      change(jonas, office.jonas, { name: office.jonas.name, role: 'member' }),
    ]);
    expect(both.map(({ statusCode }) => statusCode).toSorted()).not.toEqual([204, 204]);
    const roles = [await recordOf(office.mara.id), await recordOf(office.jonas.id)];
    expect(roles.map((member) => member?.role)).toContain('admin');
  });
});

describe('(J1) removing a member', () => {
  it('closes the door, tells their devices why, keeps their name and what they wrote', async () => {
    const { office } = server;
    await jonas.push(aNote(server, { text: 'Before I go.' }));
    expect((await remove(mara, office.jonas)).statusCode).toBe(204);
    expect(await turnedAway(jonas)).toBe('signed-out-by-removal');
    expect(await signsIn(office.jonas.email, TEST_PASSWORD)).toBe(false);
    expect(await recordOf(office.jonas.id)).toMatchObject({
      name: office.jonas.name,
      removed: true,
    });
    expect((await list(mara)).map(({ memberId }) => memberId)).toEqual([office.mara.id]);
    const { changes } = await mara.pullAll();
    expect(JSON.stringify(changes)).toContain('Before I go.');
  });

  it('gives what they are assigned to to whoever is named, and the feed says by whom', async () => {
    const { office } = server;
    await giveJobTo(office.jonas);
    await remove(mara, office.jonas, office.mara.id);
    expect(await assigneeOfJob()).toBe(office.mara.id);
    const entries = await server.data.storage.entriesOfJob(office.workspace.id, office.job.id);
    expect(entries.at(-1)?.record).toMatchObject({
      kind: 'assignment',
      author: { memberId: office.mara.id },
      fromMemberId: office.jonas.id,
      toMemberId: office.mara.id,
    });
  });

  it('leaves their jobs to nobody where nobody is named, and nothing can be given to them any more', async () => {
    const { office } = server;
    await giveJobTo(office.jonas);
    await remove(mara, office.jonas);
    expect(await assigneeOfJob()).toBeNull();
    const [outcome] = await giveJobTo(office.jonas);
    expect(outcome).toMatchObject({ kind: 'refused', refusal: { code: 'member-missing' } });
  });

  it('is refused of oneself, of the last admin, and where the jobs would go to somebody who is not there', async () => {
    const { office } = server;
    const own = await remove(mara, office.mara);
    expect(own.json()).toMatchObject({
      sentence: expect.stringContaining('cannot remove yourself'),
    });
    await change(mara, office.jonas, { name: office.jonas.name, role: 'admin' });
    const nowhere = await remove(mara, office.jonas, aMemberId());
    expect(nowhere.statusCode).toBe(409);
    expect(await recordOf(office.jonas.id)).not.toHaveProperty('removed');
  });

  it('is undone by adding the same email: who comes back is who they were', async () => {
    const { office } = server;
    await remove(mara, office.jonas);
    const back = newMember({ email: office.jonas.email, name: 'Jonas again' });
    expect((await post(mara, '/members', back)).statusCode).toBe(204);
    expect(await recordOf(back.memberId)).toBeUndefined();
    expect(await recordOf(office.jonas.id)).toEqual({ ...office.jonas, name: 'Jonas again' });
    expect(await signsIn(office.jonas.email, back.password)).toBe(true);
    // What was signed out with the removal stays signed out.
    expect(await turnedAway(jonas)).toBe('signed-out-by-removal');
  });

  it('[H9] a device of version 1 knows no removal, and goes on', async () => {
    await remove(mara, server.office.jonas);
    const answer = await server.app.inject({
      url: '/api/sync/pull',
      headers: { ...mara.headers, 'docket-protocol': '1' },
    });
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain(server.office.jonas.id);
    expect(answer.body).not.toContain('removed');
  });
});

describe('(J1) passwords', () => {
  const own = (by: TestDevice, wish: object) =>
    post(by, '/password', {
      oldPassword: TEST_PASSWORD,
      newPassword: 'tide-lamp-corner-moss',
      signOutOthers: true,
      ...wish,
    });

  it('a member changes the own one with the old one; other devices are signed out, this one stays', async () => {
    const { email } = server.office.jonas;
    const other = await signInDevice(server, { email, clientId: aClientId() });
    expect((await own(jonas, {})).statusCode).toBe(204);
    expect(await statusOf(jonas)).toBe(200);
    expect(await turnedAway(other)).toBe('signed-out-by-password');
    expect(await statusOf(mara)).toBe(200);
    expect(await signsIn(email, TEST_PASSWORD)).toBe(false);
    expect(await signsIn(email, 'tide-lamp-corner-moss')).toBe(true);
  });

  it('other devices stay where that is wished', async () => {
    const other = await signInDevice(server, { email: server.office.jonas.email });
    await own(jonas, { signOutOthers: false });
    expect(await statusOf(other)).toBe(200);
  });

  it('a wrong old one changes nothing and signs nobody out, and guessing it is stopped', async () => {
    for (let tries = 0; tries < PASSWORD_CHANGES_PER_MEMBER; tries += 1)
      expect((await own(jonas, { oldPassword: 'wrong' })).statusCode).toBe(403);
    expect((await own(jonas, {})).statusCode).toBe(429);
    expect(await statusOf(jonas)).toBe(200);
    expect(await signsIn(server.office.jonas.email, TEST_PASSWORD)).toBe(true);
  });

  it('an admin sets a new one for somebody who forgot it; their devices stay unless they are signed out too', async () => {
    const { id, email } = server.office.jonas;
    const set = (password: string, signOutDevices: boolean) =>
      post(mara, `/members/${id}/password`, { password, signOutDevices });
    expect((await set('tide-lamp-corner-moss', false)).statusCode).toBe(204);
    expect(await signsIn(email, 'tide-lamp-corner-moss')).toBe(true);
    expect(await statusOf(jonas)).toBe(200);
    await set('another-lamp-at-sea', true);
    expect(await turnedAway(jonas)).toBe('signed-out-by-password');
  });
});

describe('(J1) devices', () => {
  const signOut = (by: TestDevice, { id }: Pick<Member, 'id'>, clientId: ClientId) =>
    post(by, `/members/${id}/devices/${clientId}/sign-out`);

  it('are listed to their member, and to an admin those of everybody', async () => {
    const { office } = server;
    await jonas.pull();
    const seenBy = async (device: TestDevice, { id }: Member) =>
      (await list(device)).find(({ memberId }) => memberId === id);
    expect(await seenBy(jonas, office.mara)).toMatchObject({ devices: null });
    expect((await seenBy(jonas, office.mara))?.lastSeenAt).not.toBeNull();
    const [device] = (await seenBy(mara, office.jonas))?.devices ?? [];
    expect(device).toMatchObject({ clientId: jonasClient, name: 'A test' });
    expect((await seenBy(jonas, office.jonas))?.devices).toEqual([device]);
  });

  it('were last seen to ten minutes, without a write for each request', async () => {
    let nowMs = Date.parse('2026-11-02T09:00:00.000Z');
    const other = await startTestServer({ now: () => nowMs });
    const device = await signInDevice(other);
    const notes = vi.spyOn(other.data.storage, 'noteSeen');
    const seenAt = async () =>
      (await other.data.storage.devices(other.office.workspace.id))[0]?.lastSeenAt;
    for (const minutes of [0, 3, 6]) {
      nowMs = Date.parse(`2026-11-02T09:0${minutes}:00.000Z`);
      await device.pull();
    }
    expect(await seenAt()).toBe('2026-11-02T09:00:00.000Z');
    expect(notes).toHaveBeenCalledTimes(1);
    nowMs = Date.parse('2026-11-02T09:10:00.000Z');
    await device.pull();
    expect(await seenAt()).toBe('2026-11-02T09:10:00.000Z');
    await other.stop();
  });

  it('are one, and signed out at once, however often they signed in', async () => {
    const { email } = server.office.jonas;
    const again = await signInDevice(server, { email, clientId: jonasClient });
    const devices = async () =>
      (await list(mara)).find(({ memberId }) => memberId === jonas.memberId)?.devices;
    expect(await devices()).toHaveLength(1);
    await signOut(mara, server.office.jonas, jonasClient);
    expect(await turnedAway(jonas)).toBe('signed-out-by-admin');
    expect(await turnedAway(again)).toBe('signed-out-by-admin');
    expect(await devices()).toEqual([]);
  });

  it('of one’s own are signed out by oneself, but for the one that asks', async () => {
    const clientId = aClientId();
    const other = await signInDevice(server, { email: server.office.jonas.email, clientId });
    expect((await signOut(jonas, server.office.jonas, clientId)).statusCode).toBe(204);
    expect(await turnedAway(other)).toBe('signed-out-by-owner');
    expect((await signOut(jonas, server.office.jonas, jonasClient)).statusCode).toBe(409);
    expect(await statusOf(jonas)).toBe(200);
  });

  it('[V2] a token learns how it was ended only where it was this device’s: an unknown one, and one its owner signed out, learn nothing', async () => {
    const left = await signInDevice(server);
    await post(left, '/auth/sign-out');
    expect(await turnedAway(left)).toBe('signed-out');
    const forged = {
      ...left,
      headers: { ...left.headers, authorization: `Bearer ${'x'.repeat(43)}` },
    };
    expect(await turnedAway(forged)).toBe('signed-out');
  });
});

describe('(J1) what is an admin’s', () => {
  it('is refused to members', async () => {
    const { office } = server;
    for (const answer of [
      await post(jonas, '/members', newMember()),
      await change(jonas, office.jonas, { name: 'Jonas', role: 'admin' }),
      await post(jonas, `/members/${office.mara.id}/password`, {
        password: 'tide-lamp-corner-moss',
        signOutDevices: false,
      }),
      await remove(jonas, office.mara),
      await post(jonas, `/members/${office.mara.id}/devices/${aClientId()}/sign-out`),
    ]) {
      expect(answer.statusCode).toBe(403);
      expect(answer.json()).toMatchObject({ error: 'admins-only' });
    }
    expect(await statusOf(mara)).toBe(200);
  });

  it('[J2] ends at the own office: of another one’s members there is nothing', async () => {
    const other = await addOffice(server.data, 'other.example');
    const theirs = await signInDevice(server, { email: other.jonas.email, clientId: jonasClient });
    const absent = await remove(mara, { ...other.jonas, id: aMemberId() });
    for (const answer of [
      await change(mara, other.jonas, { name: 'Ours', role: 'member' }),
      await post(mara, `/members/${other.jonas.id}/password`, {
        password: 'tide-lamp-corner-moss',
        signOutDevices: true,
      }),
      await remove(mara, other.jonas),
      await post(mara, `/members/${other.jonas.id}/devices/${jonasClient}/sign-out`),
    ]) {
      expect(answer.statusCode).toBe(404);
      expect(answer.body).toBe(absent.body);
    }
    expect(await statusOf(theirs)).toBe(200);
    expect(await recordOf(other.jonas.id, other)).toEqual(other.jonas);
    const seen = (await list(mara)).map(({ memberId }) => memberId);
    expect(seen.toSorted()).toEqual([server.office.mara.id, server.office.jonas.id].toSorted());
  });
});
