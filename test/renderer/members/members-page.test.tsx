// @vitest-environment jsdom

import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { ClientId } from '../../../sync-server/protocol/ids.ts';
import { fakeBridge, type FakeBridge } from '../../support/fake-bridge.ts';
import { fakeId, fakeOffice } from '../../support/fake-office.ts';
import { renderDesk } from '../../support/render-desk.tsx';

const PASSWORD = 'k7mp-x3wd-9hqt-vb4n';

function renderMembers(prepare: (bridge: FakeBridge) => void = () => undefined): FakeBridge {
  const bridge = fakeBridge(fakeOffice(12));
  prepare(bridge);
  renderDesk('/settings/members', bridge);
  return bridge;
}

const asked = ({ world }: FakeBridge, name: string) =>
  world.asked.filter((one) => one.name === name).map(({ args }) => args);
const row = async (name: string) => {
  const list = await screen.findByRole('list', { name: 'Members' });
  return within(within(list).getByText(name).closest('li')!);
};
const openActs = async (name: string) => {
  const trigger = (await row(name)).getByRole('button', { name: `Change ${name}` });
  fireEvent.keyDown(trigger, { key: 'Enter' });
};
const choose = async (words: string) =>
  fireEvent.click(await screen.findByRole('menuitem', { name: words }));
const fill = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const withDevices = ({ world }: FakeBridge, count = 2) => {
  const paul = world.office.members[2]!;
  const devices = Array.from({ length: count }, (_, index) => ({
    clientId: fakeId<ClientId>(),
    name: `Paul’s laptop ${index + 1}`,
    signedInAt: '2026-11-02T08:00:00.000Z',
    lastSeenAt: '2026-11-12T09:10:00.000Z',
  }));
  world.seen = [{ memberId: paul.id, lastSeenAt: devices[0]!.lastSeenAt, devices }];
  return { paul, devices };
};

test('(J1) everybody is listed with email, role and when they were last seen', async () => {
  renderMembers();
  const jonas = await row('Jonas Okafor');
  expect(jonas.getByText('jonas@nordhafen.example')).toBeDefined();
  expect(jonas.getByText('Admin')).toBeDefined();
  expect(jonas.getByText('You')).toBeDefined();
  expect(await (await row('Mara Kühn')).findByText(/^Last seen /)).toBeDefined();
});

test('(J1) a member looks and changes nothing', async () => {
  renderMembers(({ world }) => {
    Object.assign(world.office.members[0]!, { role: 'member' });
  });
  await row('Mara Kühn');
  expect(screen.getByText(/Only admins add, change and remove members/)).toBeDefined();
  expect(screen.queryByRole('button', { name: 'Add a member' })).toBeNull();
  expect(screen.queryByRole('button', { name: /^Change / })).toBeNull();
  expect(screen.queryByRole('button', { name: /devices? of/ })).toBeNull();
});

test('(J1) whoever is added is given a first password, shown once and copied', async () => {
  const writeText = vi.fn(() => Promise.resolve());
  Object.assign(navigator, { clipboard: { writeText } });
  const bridge = renderMembers();
  fireEvent.click(await screen.findByRole('button', { name: 'Add a member' }));
  fireEvent.click(await screen.findByRole('button', { name: 'Add member' }));
  expect(await screen.findByText('A member needs a name.')).toBeDefined();
  expect(screen.getByText('Fill in the email they sign in with.')).toBeDefined();
  expect(asked(bridge, 'members.add')).toEqual([]);
  fill('Name', ' Lena Vogt ');
  fill('Email', 'lena@nordhafen.example');
  fireEvent.change(screen.getByLabelText('Role'), { target: { value: 'admin' } });
  fireEvent.click(screen.getByRole('button', { name: 'Add member' }));
  await screen.findByRole('heading', { name: 'Lena Vogt is added' });
  const [wish] = asked(bridge, 'members.add');
  expect(wish).toMatchObject({
    name: 'Lena Vogt',
    email: 'lena@nordhafen.example',
    role: 'admin',
    password: PASSWORD,
  });
  expect(screen.getByLabelText('Password')).toHaveProperty('value', PASSWORD);
  fireEvent.click(screen.getByRole('button', { name: 'Copy' }));
  expect(await screen.findByRole('button', { name: 'Copied' })).toBeDefined();
  expect(writeText).toHaveBeenCalledWith(PASSWORD);
  fireEvent.click(screen.getByRole('button', { name: 'Done' }));
  await waitFor(() => expect(screen.queryByText(PASSWORD)).toBeNull());
});

test('(J1) [P1] what failed keeps what was typed, and is tried again as the same member', async () => {
  const bridge = renderMembers();
  bridge.world.failing.set('members.add', 'paul@nordhafen.example is the email of Paul already.');
  fireEvent.click(await screen.findByRole('button', { name: 'Add a member' }));
  await screen.findByLabelText('Name');
  fill('Name', 'Lena Vogt');
  fill('Email', 'lena@nordhafen.example');
  await waitFor(() =>
    expect(screen.getByRole('button', { name: 'Add member' })).toHaveProperty('disabled', false),
  );
  fireEvent.click(screen.getByRole('button', { name: 'Add member' }));
  expect((await screen.findByRole('alert')).textContent).toContain('email of Paul already');
  expect(screen.getByLabelText('Name')).toHaveProperty('value', 'Lena Vogt');
  bridge.world.failing.clear();
  fireEvent.click(screen.getByRole('button', { name: 'Add member' }));
  await screen.findByRole('heading', { name: 'Lena Vogt is added' });
  const [first, second] = asked(bridge, 'members.add');
  expect(second).toEqual(first);
});

test('(J1) offline the list stands and nothing can be changed, with the reason; what was typed stays', async () => {
  const bridge = renderMembers();
  fireEvent.click(await screen.findByRole('button', { name: 'Add a member' }));
  await screen.findByLabelText('Name');
  fill('Name', 'Lena Vogt');
  bridge.world.sync = { ...bridge.world.sync, kind: 'offline' };
  bridge.changed();
  expect(await screen.findByText(/What you typed stays here until you are back/)).toBeDefined();
  expect(screen.getByRole('button', { name: 'Add member' })).toHaveProperty('disabled', true);
  expect(screen.getByLabelText('Name')).toHaveProperty('value', 'Lena Vogt');
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(await screen.findByText(/kept by the server alone/)).toBeDefined();
  expect(screen.getByRole('button', { name: 'Add a member' })).toHaveProperty('disabled', true);
  expect(screen.getByRole('button', { name: 'Change Mara Kühn' })).toHaveProperty('disabled', true);
});

test('(J1) name and role are changed, by keys alone', async () => {
  const bridge = renderMembers();
  await openActs('Mara Kühn');
  await choose('Name and role');
  await screen.findByRole('heading', { name: 'Change Mara Kühn' });
  expect(screen.getByRole('button', { name: 'Save' })).toHaveProperty('disabled', true);
  fill('Name', 'Mara Kühn-Berg');
  fireEvent.change(screen.getByLabelText('Role'), { target: { value: 'admin' } });
  fireEvent.submit(screen.getByLabelText('Name').closest('form')!);
  const mara = bridge.world.office.members[1]!;
  await waitFor(() =>
    expect(asked(bridge, 'members.change')).toEqual([
      { memberId: mara.id, name: 'Mara Kühn-Berg', role: 'admin' },
    ]),
  );
});

test('(J1) the only admin is offered neither a removal nor a password for themselves', async () => {
  renderMembers();
  await openActs('Jonas Okafor');
  await screen.findByRole('menuitem', { name: 'Name and role' });
  expect(screen.queryByRole('menuitem', { name: 'Remove from the office' })).toBeNull();
  expect(screen.queryByRole('menuitem', { name: 'Set a new password' })).toBeNull();
  await choose('Name and role');
  expect(await screen.findByText(/The only admin stays one/)).toBeDefined();
  expect(screen.queryByLabelText('Role')).toBeNull();
});

test('(J1) a new password for somebody leaves their devices signed in unless that is wished', async () => {
  const bridge = renderMembers();
  await openActs('Mara Kühn');
  await choose('Set a new password');
  const submit = await screen.findByRole('button', { name: 'Set a new password' });
  expect(screen.getByLabelText('Sign out their devices, too')).toHaveProperty('checked', false);
  await waitFor(() => expect(submit).toHaveProperty('disabled', false));
  fireEvent.click(submit);
  await screen.findByRole('heading', { name: 'Mara Kühn has a new password' });
  const memberId = bridge.world.office.members[1]!.id;
  expect(asked(bridge, 'members.set-password')).toEqual([
    { memberId, password: PASSWORD, signOutDevices: false },
  ]);
});

test('(J1) the question about removing says what happens, and their jobs go to whoever is chosen', async () => {
  const bridge = renderMembers();
  await openActs('Mara Kühn');
  await choose('Remove from the office');
  const what = within(await screen.findByRole('list', { name: 'What happens' }));
  expect(what.getByText(/Each removes everything of the office at its next contact/)).toBeDefined();
  expect(what.getByText(/under their name/)).toBeDefined();
  const jobs = await screen.findByLabelText(/^Who gets the \d+ jobs? assigned to them$/);
  const [jonas, mara] = bridge.world.office.members;
  expect(within(jobs).queryByText('Mara Kühn')).toBeNull();
  fireEvent.change(jobs, { target: { value: jonas!.id } });
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Keep them' }));
  fireEvent.click(screen.getByRole('button', { name: 'Remove' }));
  await waitFor(() =>
    expect(asked(bridge, 'members.remove')).toEqual([{ memberId: mara!.id, assignTo: jonas!.id }]),
  );
});

test('(J1) an admin sees the devices of everybody and signs one out after a question', async () => {
  const bridge = renderMembers((fake) => void withDevices(fake));
  const { paul, devices } = {
    paul: bridge.world.office.members[2]!,
    devices: bridge.world.seen[0]!.devices!,
  };
  fireEvent.click(await screen.findByRole('button', { name: `2 devices of ${paul.name}` }));
  const list = within(screen.getByRole('list', { name: `Devices of ${paul.name}` }));
  fireEvent.click(list.getByRole('button', { name: 'Sign out Paul’s laptop 2' }));
  const question = within(await screen.findByRole('alertdialog'));
  expect(question.getByText(/removes everything of the office it holds/)).toBeDefined();
  fireEvent.click(question.getByRole('button', { name: 'Sign out' }));
  await waitFor(() =>
    expect(asked(bridge, 'devices.sign-out')).toEqual([
      { memberId: paul.id, clientId: devices[1]!.clientId },
    ]),
  );
});
