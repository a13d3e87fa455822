// @vitest-environment jsdom

import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { renderDesk } from '../../support/render-desk.tsx';

const nameField = () => screen.findByLabelText('In the portal, in mails and here');
const preview = () => within(screen.getByRole('region', { name: 'What customers see' }));
const asked = ({ bridge }: ReturnType<typeof renderDesk>) =>
  bridge.world.asked.filter(({ name }) => name === 'workspace.update').map(({ args }) => args);

test('(E1) what customers will see follows the name while it is typed, before anything is saved', async () => {
  const desk = renderDesk('/settings/office');
  const field = await nameField();
  const before = (field as HTMLInputElement).value;
  expect(preview().getAllByText(before)).toHaveLength(2);
  fireEvent.change(field, { target: { value: 'Hafenwerk' } });
  expect(preview().getAllByText('Hafenwerk')).toHaveLength(2);
  expect(preview().getByText('Send to Hafenwerk')).toBeDefined();
  expect(preview().getAllByText('H')).toHaveLength(2);
  expect(asked(desk)).toEqual([]);
  fireEvent.change(field, { target: { value: '   ' } });
  expect(preview().getAllByText(before)).toHaveLength(2);
  expect(screen.getByRole('button', { name: 'Save' })).toHaveProperty('disabled', true);
});

test('(E1, H5) a name is saved with what stood there, and a colour as soon as it is chosen', async () => {
  const desk = renderDesk('/settings/office');
  const field = await nameField();
  const from = (field as HTMLInputElement).value;
  fireEvent.change(field, { target: { value: ' Hafenwerk ' } });
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() =>
    expect(asked(desk)).toEqual([{ changes: [{ field: 'name', from, to: 'Hafenwerk' }] }]),
  );
  fireEvent.click(screen.getByRole('radio', { name: 'Teal' }));
  await waitFor(() =>
    expect(asked(desk).at(-1)).toMatchObject({ changes: [{ field: 'hue', to: 'teal' }] }),
  );
});
