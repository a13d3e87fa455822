// @vitest-environment jsdom
// A customer reply typed into a notice that has to be looked at. (F4, C2)

import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { fakeBridge } from '../../support/fake-bridge.ts';
import { jobAddress, renderDesk, textBox } from '../../support/render-desk.tsx';

const NOTE = 'A note for the team';
const TYPED = 'As I told Béla Nagy yesterday';
const settled = (bridge: ReturnType<typeof fakeBridge>) =>
  bridge.world.asked.filter(({ name }) => name === 'notices.settle-reply').length;

/** Once the draft was read: until then nothing can be typed. */
async function typeNote(): Promise<HTMLElement> {
  const box = await textBox();
  await waitFor(() => expect(box).toHaveProperty('readOnly', false));
  fireEvent.change(box, { target: { value: NOTE } });
  await waitFor(() => expect(box).toHaveProperty('value', NOTE));
  return box;
}

test('(F4) (C2) comes into the composer as a customer reply, and is nowhere else then', async () => {
  const bridge = fakeBridge();
  bridge.world.unsentReplies.set(bridge.world.office.jobs[0]!.id, TYPED);
  renderDesk(jobAddress(0), bridge);
  const box = await textBox();
  await waitFor(() => expect(box).toHaveProperty('value', TYPED));
  expect(screen.getByRole('region', { name: 'Customer reply' })).toBeDefined();
  await waitFor(() => expect(settled(bridge)).toBe(1));
  expect(bridge.world.asked.map(({ name }) => name)).not.toContain('entries.post');
});

test('(F4) (C3) leaves another draft alone, and waits beside it until that is gone', async () => {
  const bridge = fakeBridge();
  const { id } = bridge.world.office.jobs[0]!;
  renderDesk(jobAddress(0), bridge);
  const box = await typeNote();
  bridge.world.unsentReplies.set(id, TYPED);
  bridge.changed();
  await screen.findByText(TYPED);
  expect(box).toHaveProperty('value', NOTE);
  expect(settled(bridge)).toBe(0);
  fireEvent.change(box, { target: { value: '' } });
  await waitFor(() => expect(box).toHaveProperty('value', TYPED));
  expect(screen.getByRole('region', { name: 'Customer reply' })).toBeDefined();
});

test('(F4) is discarded where nobody wants it', async () => {
  const bridge = fakeBridge();
  renderDesk(jobAddress(0), bridge);
  const box = await typeNote();
  bridge.world.unsentReplies.set(bridge.world.office.jobs[0]!.id, TYPED);
  bridge.changed();
  fireEvent.click(await screen.findByRole('button', { name: 'Discard it' }));
  await waitFor(() => expect(screen.queryByText(TYPED)).toBeNull());
  expect(box).toHaveProperty('value', NOTE);
});
