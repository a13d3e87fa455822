// @vitest-environment jsdom

import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { fieldWords } from '../../../renderer/jobs/field-words.ts';
import { numberFrom } from '../../../renderer/jobs/form-field-input.tsx';
import { type FakeBridge, fakeBridge } from '../../support/fake-bridge.ts';
import { jobAddress, renderDesk, textBox } from '../../support/render-desk.tsx';

const asked = ({ world }: FakeBridge, name: string) =>
  world.asked.filter((one) => one.name === name).map(({ args }) => args);

async function openStages() {
  const button = await screen.findByRole('button', { name: /Change the stage/ });
  fireEvent.keyDown(button, { key: 'Enter' });
  return within(await screen.findByRole('menu'));
}

test('the stage switch says where the customer would lose sight of the job (A5)', async () => {
  renderDesk(jobAddress(0));
  const stages = await openStages();
  const internal = stages.getByRole('menuitemradio', { name: /Parts ordered/ });
  expect(internal.textContent).toContain('Anna Berg will no longer see this job');
  const visible = stages.getByRole('menuitemradio', { name: /Ready for pick-up/ });
  expect(visible.textContent).not.toContain('see this job');
});

test('choosing a stage asks the core for it, and the one that stands asks nothing (A4)', async () => {
  const { bridge } = renderDesk(jobAddress(0));
  const { id: jobId, stageId } = bridge.world.office.jobs[0]!;
  const target = bridge.world.office.pipelines[0]!.stages.find(({ name }) => name === 'Closed')!;
  fireEvent.click((await openStages()).getByRole('menuitemradio', { name: /In the workshop/ }));
  fireEvent.click((await openStages()).getByRole('menuitemradio', { name: /Closed/ }));
  await waitFor(() =>
    expect(asked(bridge, 'jobs.change-stage')).toEqual([{ jobId, toStageId: target.id }]),
  );
  expect(stageId).not.toBe(target.id);
});

test('(A6) a portal link can be made offline, and what it waits for is said', async () => {
  const bridge = fakeBridge();
  bridge.world.sync = { ...bridge.world.sync, kind: 'offline' };
  renderDesk(jobAddress(0), bridge);
  const main = within(await screen.findByRole('main'));
  fireEvent.click(await main.findByRole('button', { name: 'Anna Berg' }));
  fireEvent.click(await screen.findByRole('button', { name: 'Copy portal link' }));
  expect(await screen.findByText(/It works once, until/)).toBeDefined();
  expect(screen.getByText(/It opens once this device has reached the server/)).toBeDefined();
  // jsdom has no clipboard, so the address is shown to be copied by hand.
  expect(screen.getByLabelText('Portal link')).toHaveProperty(
    'value',
    expect.stringContaining('/portal/enter/'),
  );
});

test('saving a form sends the changed fields alone, with what stood before (A4)', async () => {
  const { bridge } = renderDesk(jobAddress(0, '/form'));
  const mileage = await screen.findByLabelText('Mileage');
  await waitFor(() => expect(mileage).toHaveProperty('value', '84200'));
  fireEvent.change(mileage, { target: { value: '85.100,5'.replace('.', '') } });
  fireEvent.click(screen.getByLabelText('Courtesy car'));
  expect(await screen.findByText('2 unsaved changes, kept on this device')).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: /^Save/ }));
  const ids = new Map(bridge.world.office.pipelines[0]!.fields.map(({ label, id }) => [label, id]));
  await waitFor(() =>
    expect(asked(bridge, 'jobs.save-form')).toEqual([
      {
        jobId: bridge.world.office.jobs[0]!.id,
        changes: [
          { fieldId: ids.get('Mileage'), from: 84_200, to: 85_100.5 },
          { fieldId: ids.get('Courtesy car'), from: null, to: true },
        ],
      },
    ]),
  );
  await waitFor(() => expect(screen.queryByText(/unsaved change/)).toBeNull());
});

test('a half-filled form survives a reload (C3)', async () => {
  const desk = renderDesk(jobAddress(0, '/form'));
  const { world } = desk.bridge;
  fireEvent.change(await screen.findByLabelText('Damage'), { target: { value: 'Left side' } });
  const key = { jobId: world.office.jobs[0]!.id, memberId: world.office.members[0]!.id };
  await waitFor(async () => expect(await desk.drafts.readForm(key)).toBeDefined());
  desk.reload();
  await waitFor(() => expect(screen.getByLabelText('Damage')).toHaveProperty('value', 'Left side'));
  expect(screen.getByText('1 unsaved change, kept on this device')).toBeDefined();
});

test('a field put back to what stands is no change', async () => {
  renderDesk(jobAddress(0, '/form'));
  const plate = await screen.findByLabelText('Licence plate');
  fireEvent.change(plate, { target: { value: 'HH-X 1' } });
  expect(await screen.findByText('1 unsaved change, kept on this device')).toBeDefined();
  fireEvent.change(plate, { target: { value: 'HH-NR 482' } });
  expect(screen.queryByText(/unsaved change/)).toBeNull();
});

test('a field that a colleague changed meanwhile says so and offers theirs (H5)', async () => {
  const { bridge } = renderDesk(jobAddress(0, '/form'));
  const plate = await screen.findByLabelText('Licence plate');
  fireEvent.change(plate, { target: { value: 'HH-X 1' } });
  const { jobs, pipelines } = bridge.world.office;
  const field = pipelines[0]!.fields[0]!;
  jobs[0] = { ...jobs[0]!, form: { ...jobs[0]!.form, [field.id]: 'HH-Y 2' } };
  act(() => bridge.changed());
  expect(await screen.findByText(/Changed to HH-Y 2 meanwhile/)).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Take that' }));
  expect(plate).toHaveProperty('value', 'HH-Y 2');
});

test('numbers are taken with comma, point or spaces, and nothing else is one', () => {
  expect(numberFrom('84 200')).toBe(84_200);
  expect(numberFrom("84'200,5")).toBe(84_200.5);
  expect(numberFrom('-0.5')).toBe(-0.5);
  expect(numberFrom('')).toBeNull();
  expect(numberFrom('12 km')).toBeUndefined();
  expect(numberFrom('1e9')).toBeUndefined();
  expect(numberFrom('-')).toBeUndefined();
});

test('values read as people say them', () => {
  expect(fieldWords(undefined, null)).toBe('empty');
  expect(fieldWords(undefined, true)).toBe('Yes');
  expect(fieldWords(undefined, 84_200)).toBe('84,200');
});

describe('(H8) who else is on the job', () => {
  const jonas = ({ world }: FakeBridge, isWriting: boolean) => {
    const { id, name } = world.office.members[1]!;
    return { memberId: id, name, isMe: false, isWriting };
  };

  test('is shown beside its title and said aloud, and near the composer while they write', async () => {
    const { bridge } = renderDesk(jobAddress(0));
    await textBox();
    const jobId = bridge.world.office.jobs[0]!.id;
    const { name } = jonas(bridge, false);
    expect(screen.queryByText(`${name} is on this job`)).toBeNull();
    bridge.world.present.set(jobId, [jonas(bridge, false)]);
    bridge.changed();
    await screen.findByText(`${name} is on this job`);
    bridge.world.present.set(jobId, [jonas(bridge, true)]);
    bridge.changed();
    await screen.findByText(`${name} is writing…`);
    bridge.world.present.set(jobId, []);
    bridge.changed();
    await waitFor(() => expect(screen.queryByText(`${name} is writing…`)).toBeNull());
    expect(screen.queryByText(`${name} is on this job`)).toBeNull();
  });

  test('one’s own other device is called so', async () => {
    const { bridge } = renderDesk(jobAddress(0));
    await textBox();
    const me = bridge.world.office.members[0]!;
    bridge.world.present.set(bridge.world.office.jobs[0]!.id, [
      { memberId: me.id, name: me.name, isMe: true, isWriting: false },
    ]);
    bridge.changed();
    await screen.findByText('You are on this job on another device');
  });

  test('hears of this window: that it is there, that somebody writes, and that it left', async () => {
    const { bridge } = renderDesk(jobAddress(0));
    const jobId = bridge.world.office.jobs[0]!.id;
    const box = await textBox();
    const last = () => bridge.world.said.at(-1)?.place;
    await waitFor(() => expect(last()).toEqual({ jobId, isWriting: false }));
    fireEvent.change(box, { target: { value: 'Rang' } });
    await waitFor(() => expect(last()).toEqual({ jobId, isWriting: true }));
    window.location.hash = '/waiting';
    await waitFor(() => expect(last()).toBeNull());
  });
});
