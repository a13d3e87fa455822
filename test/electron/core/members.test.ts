// What is asked of the server about members, from the screen of a real desk. (J1)

import { expect, onTestFinished, test } from 'vitest';
import { newPassword } from '../../../electron/core/api/new-password.ts';
import { anEntryId } from '../../support/builders.ts';
import { seededBytes } from '../../support/fake-host.ts';
import { startTestDesk, type TestDesk } from '../../support/test-desk.ts';
import { startTestServer, TEST_PASSWORD, type TestServer } from '../../support/test-server.ts';
import { tempDir } from '../../support/temp-dir.ts';

const noFilters = { kinds: [], authorIds: [], audiences: [], search: '' };

async function aServer(): Promise<TestServer> {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  return server;
}

async function aDesk(server: TestServer, email: string, password = TEST_PASSWORD) {
  const desk = await startTestDesk(await tempDir());
  onTestFinished(() => desk.core.close());
  await desk.signIn(server.url, { email, password });
  return desk;
}

const namesOf = async (desk: TestDesk) =>
  (await desk.ask('overview', {})).members.map(({ name }) => name);
const untilNamed = (desk: TestDesk, name: string) =>
  desk.until('overview', {}, ({ members }) => members.some((member) => member.name === name));

test('(J1) whoever is added on the screen signs in with the password it showed, and is on every device', async () => {
  const server = await aServer();
  const mara = await aDesk(server, server.office.mara.email);
  const draft = await mara.request('members.draft', {});
  const lena = { name: 'Lena Vogt', email: 'lena@harbour.example', role: 'member' } as const;
  await mara.request('members.add', { ...draft, ...lena });
  await untilNamed(mara, 'Lena Vogt');
  const desk = await aDesk(server, lena.email, draft.password);
  expect(await desk.ask('session', {})).toMatchObject({ member: { id: draft.memberId } });
  const { members, thisClientId } = await desk.request('members.list', {});
  const own = members.find(({ memberId }) => memberId === draft.memberId);
  expect(own?.devices?.map(({ clientId }) => clientId)).toEqual([thisClientId]);
  expect(members.filter(({ devices }) => devices !== null)).toHaveLength(1);
});

test('(J1) [P1] whose answer was lost is asked for again as the same member', async () => {
  const server = await aServer();
  const mara = await aDesk(server, server.office.mara.email);
  const draft = await mara.request('members.draft', {});
  const lena = { ...draft, name: 'Lena', email: 'lena@harbour.example', role: 'member' } as const;
  mara.host.wire.loseAnswerTo('/api/members');
  await expect(mara.request('members.add', lena)).rejects.toThrow('needs the server');
  await mara.request('members.add', lena);
  await untilNamed(mara, 'Lena');
  expect((await namesOf(mara)).filter((name) => name === 'Lena')).toHaveLength(1);
});

test('(J1) a colleague who was removed is offered for nothing, and what they wrote keeps their name', async () => {
  const server = await aServer();
  const { jonas, job } = server.office;
  const mara = await aDesk(server, server.office.mara.email);
  const desk = await aDesk(server, jonas.email);
  const what = { jobId: job.id, audience: 'internal', text: 'By Jonas', files: [] } as const;
  await desk.request('entries.post', { ...what, seenVersion: 0, entryId: anEntryId() });
  await desk.until('sync', {}, ({ kind, waiting }) => kind === 'up-to-date' && waiting === 0);
  await mara.request('members.remove', { memberId: jonas.id, assignTo: null });
  await mara.until('overview', {}, ({ members }) => members.every(({ id }) => id !== jonas.id));
  const feed = await mara.until(
    'activity.feed',
    { jobId: job.id, filters: noFilters, limit: 100 },
    ({ items }) => items.some(({ entry }) => entry.kind === 'reply'),
  );
  const item = feed.items.find(({ entry }) => entry.kind === 'reply');
  expect(item?.authorName).toBe(jonas.name);
  await expect(
    mara.request('jobs.assign', { jobId: job.id, toMemberId: jonas.id }),
  ).rejects.toThrow('no longer in this office');
});

test('(J1) offline, and where the server says no, a sentence says what to do', async () => {
  const server = await aServer();
  const { mara: admin, jonas } = server.office;
  const mara = await aDesk(server, admin.email);
  const change = (memberId: typeof admin.id) =>
    mara.request('members.change', { memberId, name: 'Somebody', role: 'member' });
  await expect(change(admin.id)).rejects.toThrow('Make somebody else an admin first');
  await mara.request('members.remove', { memberId: jonas.id, assignTo: null });
  await expect(change(jonas.id)).rejects.toThrow('no longer in the office');
  mara.host.wire.cut();
  await expect(mara.request('members.list', {})).rejects.toThrow('needs the server');
});

test('(J1) the own password is looked at before anybody is asked, and a wrong old one signs nobody out', async () => {
  const server = await aServer();
  const jonas = await aDesk(server, server.office.jonas.email);
  const change = (oldPassword: string, newPass: string) =>
    jonas.request('session.change-password', {
      oldPassword,
      newPassword: newPass,
      signOutOthers: true,
    });
  await expect(change(TEST_PASSWORD, 'short')).rejects.toThrow('at least 10 characters');
  await expect(change(TEST_PASSWORD, server.office.jonas.email)).rejects.toThrow('first thing');
  expect(jonas.host.wire.sent).not.toContain('POST /api/password');
  await expect(change('wrong', 'four random words here')).rejects.toThrow('old password');
  expect(await jonas.ask('session', {})).toMatchObject({ kind: 'signed-in' });
  await change(TEST_PASSWORD, 'four random words here');
  await aDesk(server, server.office.jonas.email, 'four random words here');
});

test('(J1) a first password can be read out, and no two are alike', () => {
  const random = seededBytes(7);
  const made = Array.from({ length: 200 }, () => newPassword(random));
  for (const password of made)
    expect(password).toMatch(/^([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}$/);
  expect(new Set(made).size).toBe(200);
});
