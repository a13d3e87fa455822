// @vitest-environment jsdom

import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { type FakeBridge, fakeBridge } from '../../support/fake-bridge.ts';
import { jobAddress, renderDesk } from '../../support/render-desk.tsx';

const asked = ({ world }: FakeBridge) =>
  world.asked.filter(({ name }) => name === 'jobs.correct').map(({ args }) => args);

async function openDialog() {
  fireEvent.click(
    await screen.findByRole('button', { name: /Correct title, customer or pipeline/ }),
  );
  return within(await screen.findByRole('dialog', { name: 'Correct this job' }));
}

const factsOf = ({ world }: FakeBridge) => {
  const { title, customerId, pipelineId, stageId } = world.office.jobs[0]!;
  return { title, customerId, pipelineId, stageId };
};

/** One on which nothing stands that the customer wrote or was given. */
function nothingShared(): FakeBridge {
  const bridge = fakeBridge();
  const { office } = bridge.world;
  const jobId = office.jobs[0]!.id;
  const entries = office.entries.filter((entry) => entry.jobId !== jobId);
  Object.assign(office, { entries });
  return bridge;
}

test('(A1) a corrected title goes to the core with what stood when the person began', async () => {
  const { bridge } = renderDesk(jobAddress(0));
  const from = factsOf(bridge);
  const dialog = await openDialog();
  fireEvent.change(dialog.getByLabelText('Title'), { target: { value: ' Golf 8, bumper ' } });
  fireEvent.click(dialog.getByRole('button', { name: 'Save' }));
  const { id: jobId } = bridge.world.office.jobs[0]!;
  await waitFor(() =>
    expect(asked(bridge)).toEqual([{ jobId, from, to: { ...from, title: 'Golf 8, bumper' } }]),
  );
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('(A1) without a title nothing is sent, and the field says what is missing', async () => {
  const { bridge } = renderDesk(jobAddress(0));
  const dialog = await openDialog();
  fireEvent.change(dialog.getByLabelText('Title'), { target: { value: '  ' } });
  fireEvent.click(dialog.getByRole('button', { name: 'Save' }));
  expect(await dialog.findByText('Give the job a title.')).toBeDefined();
  expect(asked(bridge)).toEqual([]);
});

test('[V1] a customer something was shared with cannot be changed, and the dialog says why', async () => {
  renderDesk(jobAddress(0));
  const dialog = await openDialog();
  expect(await dialog.findByText(/was written for Anna Berg or by them/)).toBeDefined();
  expect(dialog.queryByRole('button', { name: 'Change' })).toBeNull();
});

test('(A1) where nothing was shared another customer is chosen', async () => {
  const bridge = nothingShared();
  renderDesk(jobAddress(0), bridge);
  const from = factsOf(bridge);
  const other = bridge.world.office.customers.find(({ id }) => id !== from.customerId)!;
  const dialog = await openDialog();
  fireEvent.click(await dialog.findByRole('button', { name: 'Change' }));
  fireEvent.click(await dialog.findByRole('option', { name: new RegExp(other.name) }));
  fireEvent.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() =>
    expect(asked(bridge)).toMatchObject([{ to: { ...from, customerId: other.id } }]),
  );
});

test('(A1) another pipeline says what stays behind, and what the customer will see', async () => {
  const { bridge } = renderDesk(jobAddress(0));
  const other = bridge.world.office.pipelines[1]!;
  const dialog = await openDialog();
  fireEvent.change(dialog.getByLabelText('Pipeline'), { target: { value: other.id } });
  expect(
    await dialog.findByText(/stays? with the job, out of sight until it moves back/),
  ).toBeDefined();
  fireEvent.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() =>
    expect(asked(bridge)).toMatchObject([
      { to: { pipelineId: other.id, stageId: other.stages[0]!.id } },
    ]),
  );
});

test('(G3) T opens it, and so does the palette', async () => {
  renderDesk(jobAddress(0));
  await screen.findByRole('button', { name: /Correct title, customer or pipeline/ });
  fireEvent.keyDown(window, { key: 't' });
  expect(await screen.findByRole('dialog', { name: 'Correct this job' })).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  fireEvent.keyDown(window, { key: 'k', ctrlKey: true });
  fireEvent.change(await screen.findByRole('combobox'), { target: { value: 'correct' } });
  fireEvent.click(await screen.findByRole('option', { name: /Correct this job/ }));
  expect(await screen.findByRole('dialog', { name: 'Correct this job' })).toBeDefined();
});
