// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { type FakeBridge, fakeBridge, NO_EFFECTS } from '../../support/fake-bridge.ts';
import { renderDesk } from '../../support/render-desk.tsx';

const asked = (bridge: FakeBridge, name: string) =>
  bridge.world.asked.filter((request) => request.name === name).map(({ args }) => args);
const address = ({ world }: FakeBridge) => `/settings/pipelines/${world.office.pipelines[0]!.id}`;

/** The first member of the office is the one who sits here. */
function asRole(role: 'admin' | 'member'): FakeBridge {
  const bridge = fakeBridge();
  Object.assign(bridge.world.office.members[0]!, { role });
  return bridge;
}
const anAdmin = () => asRole('admin');
const save = () => screen.findByRole('button', { name: /^Save/ });

test('(A5) a wider change says what customers will see, and is asked before it is saved', async () => {
  const bridge = anAdmin();
  const pipeline = bridge.world.office.pipelines[0]!;
  const index = pipeline.stages.findIndex((stage) => !stage.visibleToCustomer);
  bridge.world.effects = {
    effects: { ...NO_EFFECTS, appear: [{ stageName: 'Booked', jobs: 3 }], isWider: true },
    jobsByStage: {},
  };
  renderDesk(address, bridge);
  const switches = await screen.findAllByRole('switch', { name: /is visible to the customer/ });
  fireEvent.click(switches[index]!);
  expect(await screen.findByText(/3 jobs in “Booked” will appear in the portal/)).toBeDefined();
  fireEvent.click(await save());
  fireEvent.click(await screen.findByRole('button', { name: 'Look again' }));
  expect(asked(bridge, 'pipelines.update')).toEqual([]);
  fireEvent.click(await save());
  fireEvent.click(await screen.findByRole('button', { name: 'Save and show' }));
  const stages = pipeline.stages.map((stage, place) =>
    place === index ? { ...stage, visibleToCustomer: true } : stage,
  );
  await waitFor(() =>
    expect(asked(bridge, 'pipelines.update')).toEqual([
      {
        pipelineId: pipeline.id,
        changes: [{ field: 'stages', from: pipeline.stages, to: stages }],
        moves: [],
      },
    ]),
  );
});

test('(A5) a stage with jobs is removed only when it is said where they go', async () => {
  const bridge = anAdmin();
  const { id, stages } = bridge.world.office.pipelines[0]!;
  const [first, second] = [stages[0]!, stages[1]!];
  bridge.world.effects = { effects: NO_EFFECTS, jobsByStage: { [first.id]: 2 } };
  renderDesk(address, bridge);
  fireEvent.click(await screen.findByRole('button', { name: `Remove stage ${first.name}` }));
  expect(await save()).toHaveProperty('disabled', true);
  const choice = await screen.findByLabelText(new RegExp(`2 jobs in “${first.name}”`));
  fireEvent.change(choice, { target: { value: second.id } });
  await waitFor(async () => expect(await save()).toHaveProperty('disabled', false));
  fireEvent.keyDown(document.body, { key: 's', ctrlKey: true });
  await waitFor(() =>
    expect(asked(bridge, 'pipelines.update')).toMatchObject([
      { pipelineId: id, moves: [{ fromStageId: first.id, toStageId: second.id }] },
    ]),
  );
});

test('(A5) the picture of what a customer would see follows the switches', async () => {
  const bridge = anAdmin();
  renderDesk(address, bridge);
  const sketch = within(await screen.findByRole('region', { name: 'What a customer would see' }));
  const { customerCanReply } = bridge.world.office.pipelines[0]!;
  expect(
    sketch.getByText(customerCanReply ? 'A box to write back' : 'No box to write back'),
  ).toBeDefined();
  fireEvent.click(screen.getByRole('switch', { name: /^Customer can reply/ }));
  expect(
    await sketch.findByText(customerCanReply ? 'No box to write back' : 'A box to write back'),
  ).toBeDefined();
});

test('(G3) Alt with an arrow moves a stage, and a nameless one keeps the pipeline from being saved', async () => {
  const bridge = anAdmin();
  const { stages } = bridge.world.office.pipelines[0]!;
  renderDesk(address, bridge);
  const name = await screen.findByLabelText('Name of stage 1');
  fireEvent.keyDown(name, { key: 'ArrowDown', altKey: true });
  await waitFor(() =>
    expect(screen.getByLabelText('Name of stage 2')).toHaveProperty('value', stages[0]!.name),
  );
  fireEvent.click(screen.getByRole('button', { name: 'Add a stage' }));
  expect(await save()).toHaveProperty('disabled', true);
  expect(await screen.findByText('Every stage needs a name.')).toBeDefined();
});

test('(A5, C3) a half-made change survives a reload', async () => {
  const desk = renderDesk(address, anAdmin());
  fireEvent.change(await screen.findByLabelText('Name of stage 1'), {
    target: { value: 'First look' },
  });
  const memberId = desk.bridge.world.office.members[0]!.id;
  const subject = `pipeline ${desk.bridge.world.office.pipelines[0]!.id}` as const;
  await waitFor(async () =>
    expect(await desk.drafts.readEdit({ subject, memberId })).toBeDefined(),
  );
  desk.reload();
  await waitFor(() =>
    expect(screen.getByLabelText('Name of stage 1')).toHaveProperty('value', 'First look'),
  );
  expect(screen.getByText('1 unsaved change, kept on this device')).toBeDefined();
});

test('a member who is no admin reads how a pipeline is set and cannot change it', async () => {
  const bridge = asRole('member');
  renderDesk(address, bridge);
  expect(await screen.findByText(/Only admins change pipelines/)).toBeDefined();
  expect(screen.getByLabelText('Name of the pipeline')).toHaveProperty('disabled', true);
  expect(screen.queryByRole('button', { name: /^Remove this pipeline/ })).toBeNull();
});
