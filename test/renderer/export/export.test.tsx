// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import type { ReadyExport } from '../../../electron/core/api/exports-contract.ts';
import { AN_OUTLOOK, type FakeBridge, fakeBridge } from '../../support/fake-bridge.ts';
import { jobAddress, renderDesk } from '../../support/render-desk.tsx';

afterEach(() => vi.restoreAllMocks());

async function opened(bridge: FakeBridge = fakeBridge()) {
  renderDesk(jobAddress(0), bridge);
  await screen.findByRole('button', { name: 'Export job' });
  fireEvent.keyDown(document.body, { key: 'x' });
  const dialog = within(await screen.findByRole('dialog', { name: 'Export job' }));
  await dialog.findByRole('radio', { name: /Customer copy/ });
  return { bridge, dialog };
}

const dialogNow = () => within(screen.getByRole('dialog', { name: 'Export job' }));

async function making() {
  await screen.findByRole('progressbar', { name: 'Gathering files' });
  return dialogNow();
}

const READY: ReadyExport = {
  kind: 'ready',
  url: '/exports/1',
  name: '#2291 Golf 8, customer copy.pdf',
  sizeBytes: 310_000,
  pages: 4,
  missing: [],
  unshown: 0,
};

/** What a click saves, as the browser would fetch it. */
function watchSaves(): string[] {
  const saved: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    saved.push(new URL(this.href).pathname);
  });
  return saved;
}

const begun = ({ world }: FakeBridge) => world.asked.filter(({ name }) => name === 'exports.begin');

test('(G4, C2) X opens the dialog; the customer copy is chosen, since it can harm nobody, and the button names what it makes', async () => {
  const { bridge, dialog } = await opened();
  const customer = dialog.getByRole('radio', { name: /Customer copy/ });
  expect(customer.getAttribute('aria-checked')).toBe('true');
  expect(customer.textContent).toMatch(/For Anna Berg.*18 entries and 4 files/);
  expect(
    dialog.getByText(/1 thing on this device is not with the server yet.*not in this copy/),
  ).toBeDefined();
  expect(dialog.getByText(/1 file is not on this device/)).toBeDefined();
  fireEvent.click(dialog.getByRole('button', { name: 'Export customer copy' }));
  await waitFor(() => expect(begun(bridge)).toHaveLength(1));
  expect(begun(bridge)[0]!.args).toMatchObject({ copy: 'customer', format: 'pdf' });
});

test('(G4) the full copy is chosen on purpose, says that it is internal, and is marked so while it is made', async () => {
  const { bridge, dialog } = await opened();
  fireEvent.click(dialog.getByRole('radio', { name: /Full copy/ }));
  expect(dialog.getByRole('radio', { name: /Full copy/ }).textContent).toMatch(
    /Only for your team.*Do not pass it on.*42 entries and 7 files/,
  );
  expect(dialog.getByText(/in the copy, marked “not sent yet”/)).toBeDefined();
  fireEvent.click(dialog.getByRole('radio', { name: /Zip/ }));
  fireEvent.click(dialog.getByRole('button', { name: 'Export full copy' }));
  const run = await making();
  expect(run.getByText('Full copy. Internal: do not pass on')).toBeDefined();
  expect(run.getByRole('progressbar', { name: 'Gathering files' })).toBeDefined();
  expect(begun(bridge)[0]!.args).toMatchObject({ copy: 'full', format: 'zip' });
});

test('(G4) where the customer cannot see the job nothing is chosen, the reason stands there, and only a full copy can be made', async () => {
  const bridge = fakeBridge();
  const whyNoCustomerCopy = 'The customer cannot see this job now, because its stage is internal.';
  bridge.world.exports.outlook = { ...AN_OUTLOOK, customer: null, whyNoCustomerCopy };
  const { dialog } = await opened(bridge);
  const customer = dialog.getByRole('radio', { name: /Customer copy/ });
  expect(customer).toHaveProperty('disabled', true);
  expect(customer.textContent).toContain(whyNoCustomerCopy);
  expect(dialog.getByRole('button', { name: 'Choose a copy' })).toHaveProperty('disabled', true);
  fireEvent.click(dialog.getByRole('radio', { name: /Full copy/ }));
  expect(dialog.getByRole('button', { name: 'Export full copy' })).toHaveProperty(
    'disabled',
    false,
  );
});

test('(G4) ready, it is saved by the focused button, says what is missing and what has no letters, and stays to be fetched', async () => {
  const saved = watchSaves();
  const { bridge, dialog } = await opened();
  fireEvent.click(dialog.getByRole('button', { name: 'Export customer copy' }));
  await making();
  bridge.world.exports.state = { ...READY, missing: ['IMG_4471.HEIC'], unshown: 2 };
  bridge.changed();
  const run = dialog;
  expect(await run.findByText('4 pages, 310 kB')).toBeDefined();
  expect(run.getByRole('list', { name: 'Not in it' }).textContent).toBe('IMG_4471.HEIC');
  expect(run.getByText(/2 signs .* stand as □/)).toBeDefined();
  const save = run.getByRole('button', { name: 'Save without them' });
  expect(document.activeElement).toBe(save);
  fireEvent.click(save);
  expect(saved).toEqual(['/exports/1']);
  fireEvent.click(run.getByRole('button', { name: 'Done' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(bridge.world.asked.map(({ name }) => name)).not.toContain('exports.let-go');
});

test('(G4) cancelled with Esc, nothing of it stays; one that failed says why and leads back', async () => {
  const { bridge, dialog } = await opened();
  fireEvent.click(dialog.getByRole('button', { name: 'Export customer copy' }));
  await making();
  fireEvent.keyDown(screen.getByRole('dialog'), { key: 'Escape' });
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(bridge.world.asked.at(-1)!.name).toBe('exports.let-go');

  fireEvent.keyDown(document.body, { key: 'x' });
  fireEvent.click(await screen.findByRole('button', { name: 'Export customer copy' }));
  await making();
  bridge.world.exports.state = { kind: 'failed', sentence: 'The disk is full.' };
  bridge.changed();
  const failed = dialogNow();
  expect((await failed.findByRole('alert')).textContent).toBe('The disk is full.');
  fireEvent.click(failed.getByRole('button', { name: 'Back' }));
  await screen.findByRole('radio', { name: /Full copy/ });
});

test('(G3, G4) Ctrl K finds it on a job, and nowhere else', async () => {
  renderDesk(jobAddress(0));
  await screen.findByRole('button', { name: 'Export job' });
  fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });
  const box = await screen.findByPlaceholderText(/Find anything/);
  fireEvent.change(box, { target: { value: 'export' } });
  fireEvent.click(await screen.findByText('Export job…'));
  await screen.findByRole('dialog', { name: 'Export job' });
  await screen.findByRole('radio', { name: /Customer copy/ });
});
