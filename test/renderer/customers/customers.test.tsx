// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { LinkRow } from '../../../electron/core/api/care-contract.ts';
import { type FakeBridge, fakeBridge } from '../../support/fake-bridge.ts';
import { fakeId } from '../../support/fake-office.ts';
import { renderDesk } from '../../support/render-desk.tsx';

const asked = (bridge: FakeBridge, name: string) =>
  bridge.world.asked.filter((request) => request.name === name).map(({ args }) => args);
const anna = (bridge: FakeBridge) => bridge.world.office.customers[0]!;
const profile = (bridge: FakeBridge) => `/customers/${anna(bridge).id}`;

test('(A6) the list finds a customer, and opening one shows how to reach them', async () => {
  const { bridge } = renderDesk('/customers');
  fireEvent.change(await screen.findByLabelText('Search in customers'), {
    target: { value: anna(bridge).name.slice(0, 4) },
  });
  fireEvent.click(await screen.findByRole('link', { name: new RegExp(anna(bridge).name) }));
  expect(await screen.findByRole('heading', { name: anna(bridge).name, level: 1 })).toBeDefined();
  expect(screen.getByLabelText('Emails')).toHaveProperty('value', anna(bridge).emails.join(', '));
});

test('(A6, H5) saving sends the changed fields alone, each with what stood when it was begun', async () => {
  const { bridge } = renderDesk(profile);
  const { id: customerId, phone, emails } = anna(bridge);
  fireEvent.change(await screen.findByLabelText('Phone'), { target: { value: '+49 40 1' } });
  fireEvent.change(screen.getByLabelText('Emails'), {
    target: { value: `${emails.join(', ')}; second@post.example second@post.example` },
  });
  await screen.findByText(/^2 unsaved changes/);
  fireEvent.keyDown(screen.getByLabelText('Phone'), { key: 's', ctrlKey: true });
  await waitFor(() =>
    expect(asked(bridge, 'customers.update')).toEqual([
      {
        customerId,
        changes: [
          { field: 'emails', from: emails, to: [...emails, 'second@post.example'] },
          { field: 'phone', from: phone, to: '+49 40 1' },
        ],
      },
    ]),
  );
});

test('a wrong email is told before it is sent, and nothing is saved', async () => {
  const { bridge } = renderDesk(profile);
  fireEvent.change(await screen.findByLabelText('Emails'), { target: { value: 'anna@' } });
  expect(await screen.findByText('“anna@” is not an email address.')).toBeDefined();
  expect(screen.getByRole('button', { name: /^Save/ })).toHaveProperty('disabled', true);
  expect(asked(bridge, 'customers.update')).toEqual([]);
});

test('(A6, C3) what was changed and not saved survives a reload', async () => {
  const desk = renderDesk(profile);
  const { id, phone } = anna(desk.bridge);
  fireEvent.change(await screen.findByLabelText('Phone'), { target: { value: '+49 40 1' } });
  const memberId = desk.bridge.world.office.members[0]!.id;
  const key = { subject: `customer ${id}`, memberId } as const;
  await waitFor(async () => expect(await desk.drafts.readEdit(key)).toBeDefined());
  desk.reload();
  await waitFor(() => expect(screen.getByLabelText('Phone')).toHaveProperty('value', '+49 40 1'));
  expect(screen.getByText('1 unsaved change, kept on this device')).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Undo changes' }));
  expect(screen.getByLabelText('Phone')).toHaveProperty('value', phone);
  await waitFor(async () => expect(await desk.drafts.readEdit(key)).toBeUndefined());
});

test('(G3) N is a new customer among customers, and the arrows walk them', async () => {
  renderDesk('/customers');
  const list = within(await screen.findByRole('region', { name: 'Customers' }));
  const [first, second] = await list.findAllByRole('link');
  first!.focus();
  fireEvent.keyDown(first!, { key: 'ArrowDown' });
  await waitFor(() => expect(document.activeElement).toBe(second));
  fireEvent.keyDown(window, { key: 'n' });
  expect(await screen.findByRole('dialog', { name: 'New customer' })).toBeDefined();
  expect(screen.queryByRole('dialog', { name: 'New job' })).toBeNull();
});

test('(A6, F2) “Notify on replies” is switched at once', async () => {
  const { bridge } = renderDesk(profile);
  fireEvent.click(await screen.findByRole('switch', { name: /Notify on replies/ }));
  await waitFor(() =>
    expect(asked(bridge, 'customers.update')).toMatchObject([
      { changes: [{ field: 'notifyOnReplies', from: true, to: false }] },
    ]),
  );
});

test('(A6) whose email another customer has too is said, with a way to them', async () => {
  const bridge = fakeBridge();
  const other = bridge.world.office.customers[1]!;
  bridge.world.sharedEmails = [
    { email: 'anna@post.example', customerId: other.id, name: other.name },
  ];
  renderDesk(profile, bridge);
  const note = within(await screen.findByRole('note'));
  expect(note.getByRole('link', { name: other.name })).toBeDefined();
});

test('(E1) links tell who made them and what became of them; one or all can be revoked', async () => {
  const bridge = fakeBridge();
  const customerId = anna(bridge).id;
  const aLink = (state: LinkRow['state']): LinkRow => ({
    link: {
      id: fakeId(),
      customerId,
      memberId: null,
      mailedTo: null,
      createdAt: '2026-11-12T10:00:00.000Z',
      expiresAt: '2026-11-19T10:00:00.000Z',
      ended: state === 'used' ? { how: 'used', at: '2026-11-13T10:00:00.000Z' } : null,
    },
    madeBy: 'Mara Kühn',
    state,
  });
  bridge.world.links = [aLink('waiting'), aLink('used')];
  renderDesk(profile, bridge);
  const access = within(await screen.findByRole('region', { name: 'Portal access' }));
  expect(await access.findByText(/Waiting: opens once/)).toBeDefined();
  expect(access.getByText(/^Used /)).toBeDefined();
  expect(access.getAllByRole('button', { name: /^Revoke the link/ })).toHaveLength(1);
  fireEvent.click(access.getByRole('button', { name: /^Revoke the link/ }));
  fireEvent.click(access.getByRole('button', { name: 'Revoke all access' }));
  fireEvent.click(await screen.findByRole('button', { name: 'Revoke all' }));
  await waitFor(() =>
    expect(asked(bridge, 'customers.revoke-links')).toEqual([
      { customerId, of: [bridge.world.links[0]!.link.id], endSessions: false },
      { customerId, of: 'all', endSessions: true },
    ]),
  );
});

test.each([
  ['Mara Kühn', null, 'Copied by Mara Kühn'],
  ['Mara Kühn', 'anna@post.example', 'Mailed to anna@post.example by Mara Kühn'],
  [null, 'anna@post.example', 'Mailed to anna@post.example, asked for by the customer'],
  [null, null, 'Made on the server'],
])('(E1) where a link comes from is said: by %s to %s', async (madeBy, mailedTo, words) => {
  const bridge = fakeBridge();
  const link: LinkRow['link'] = {
    id: fakeId(),
    customerId: anna(bridge).id,
    memberId: null,
    mailedTo,
    createdAt: '2026-11-12T10:00:00.000Z',
    expiresAt: '2026-11-19T10:00:00.000Z',
    ended: null,
  };
  bridge.world.links = [{ link, madeBy, state: 'open' }];
  renderDesk(profile, bridge);
  expect(await screen.findByText((text) => text.startsWith(`${words},`))).toBeDefined();
});

test('(A6, E1) a link is mailed to the address that is chosen, and offline it is said that it waits', async () => {
  const bridge = fakeBridge();
  bridge.world.sync = { ...bridge.world.sync, kind: 'offline' };
  Object.assign(anna(bridge), { emails: ['anna@post.example'] });
  renderDesk(profile, bridge);
  fireEvent.click(await screen.findByRole('button', { name: 'Mail a link' }));
  expect(await screen.findByText(/on its way to anna@post.example/)).toBeDefined();
  expect(screen.getByText(/It leaves once this device has reached the server/)).toBeDefined();
  expect(asked(bridge, 'customers.mail-link')).toEqual([
    { customerId: anna(bridge).id, to: 'anna@post.example' },
  ]);
});

test('(E1) an admin sets name, colour and logo of the office', async () => {
  const bridge = fakeBridge();
  Object.assign(bridge.world.office.members[0]!, { role: 'admin' });
  renderDesk('/settings/office', bridge);
  fireEvent.change(await screen.findByLabelText('In the portal, in mails and here'), {
    target: { value: 'Nordhafen' },
  });
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  fireEvent.click(screen.getByRole('radio', { name: 'Teal' }));
  const logo = new File(['x'], 'logo.png', { type: 'image/png' });
  fireEvent.change(screen.getByLabelText('Picture of the logo'), { target: { files: [logo] } });
  await waitFor(() =>
    expect(asked(bridge, 'workspace.update')).toMatchObject([
      { changes: [{ field: 'name', to: 'Nordhafen' }] },
      { changes: [{ field: 'hue', from: null, to: 'teal' }] },
      { changes: [{ field: 'logoBlobId', from: null }] },
    ]),
  );
});

const asRole = (bridge: FakeBridge, role: 'admin' | 'member') => {
  Object.assign(bridge.world.office.members[0]!, { role });
  return bridge;
};

test('[O2] an admin deletes a customer for good: what goes is said, and the name must be typed', async () => {
  const { bridge } = renderDesk(profile, asRole(fakeBridge(), 'admin'));
  const { id: customerId, name } = anna(bridge);
  const jobs = bridge.world.office.jobs.filter((job) => job.customerId === customerId).length;
  fireEvent.click(await screen.findByRole('button', { name: 'Delete this customer for good' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(await dialog.findByText(jobs === 1 ? '1 job' : `${jobs} jobs`)).toBeDefined();
  const press = dialog.getByRole('button', { name: 'Delete for good' });
  expect(press).toHaveProperty('disabled', true);
  const field = dialog.getByLabelText(`Type “${name}” to delete them`);
  fireEvent.change(field, { target: { value: name.slice(0, -1) } });
  fireEvent.submit(field);
  expect(asked(bridge, 'customers.delete')).toEqual([]);
  fireEvent.change(field, { target: { value: ` ${name.normalize('NFD')} ` } });
  fireEvent.submit(field);
  await waitFor(() =>
    expect(asked(bridge, 'customers.delete')).toEqual([
      { customerId, fromName: name, withJobs: true },
    ]),
  );
});

test('[P5] a member is told who can delete a customer with jobs', async () => {
  renderDesk(profile, asRole(fakeBridge(), 'member'));
  expect(
    await screen.findByRole('button', { name: 'Delete this customer for good' }),
  ).toHaveProperty('disabled', true);
  expect(screen.getByText(/Only an admin can delete a customer/)).toBeDefined();
});

test('[P5] any member removes a customer without jobs, asked once', async () => {
  const alone = asRole(fakeBridge(), 'member');
  alone.world.office.jobs.splice(0);
  renderDesk(profile, alone);
  fireEvent.click(await screen.findByRole('button', { name: 'Remove this customer' }));
  fireEvent.click(await screen.findByRole('button', { name: 'Remove' }));
  await waitFor(() =>
    expect(asked(alone, 'customers.delete')).toEqual([
      { customerId: anna(alone).id, fromName: anna(alone).name, withJobs: false },
    ]),
  );
});

test('(A6) a job is opened for the customer from their own page', async () => {
  const { bridge } = renderDesk(profile);
  const jobs = within(await screen.findByRole('region', { name: 'Jobs' }));
  fireEvent.click(jobs.getByRole('button', { name: 'New job' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'New job' }));
  expect(dialog.getByText(anna(bridge).name)).toBeDefined();
  fireEvent.change(dialog.getByLabelText('Title'), { target: { value: 'Rear bumper' } });
  fireEvent.click(dialog.getByRole('button', { name: 'Create job' }));
  await waitFor(() =>
    expect(asked(bridge, 'jobs.create')).toMatchObject([
      { title: 'Rear bumper', customerId: anna(bridge).id },
    ]),
  );
});
