// @vitest-environment jsdom

import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Rescue } from '../../../electron/core/api/session-contract.ts';
import { fakeBridge } from '../../support/fake-bridge.ts';
import { renderDesk } from '../../support/render-desk.tsx';

function renderRescue(overrides: Partial<Rescue>) {
  const bridge = fakeBridge();
  const rescue = {
    at: new Date().toISOString(),
    savedMutations: 0,
    lostMutations: 0,
    isReadable: true,
    ...overrides,
  };
  bridge.world.sync = { ...bridge.world.sync, rescue };
  renderDesk('/all', bridge);
  return bridge;
}

test('[F2] a mended database is told once: what was saved, and what to do', async () => {
  const bridge = renderRescue({ savedMutations: 3 });
  const dialog = await screen.findByRole('dialog', { name: 'Your local database was damaged' });
  expect(dialog.textContent).toContain('3 things that waited to be sent were saved');
  expect(dialog.textContent).not.toContain('write again');
  fireEvent.click(screen.getByRole('button', { name: 'Understood' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(bridge.world.asked.map(({ name }) => name)).toContain('sync.rescue-seen');
});

test('[F2] what could not be read is not hidden', async () => {
  renderRescue({ savedMutations: 1, lostMutations: 2 });
  const dialog = await screen.findByRole('dialog');
  expect(dialog.textContent).toContain('1 thing that waited to be sent was saved');
  expect(dialog.textContent).toContain('2 things that waited could not be read');
});

test('[F2] of a file that nobody could read nobody says that nothing waited', async () => {
  renderRescue({ isReadable: false });
  const dialog = await screen.findByRole('dialog');
  expect(dialog.textContent).toContain('could not be read at all');
  expect(dialog.textContent).toContain('is lost from this device');
  expect(dialog.textContent).not.toContain('Nothing was waiting');
});

test('[F2] [H9] an office that cannot be opened here says why, and can be tried again', async () => {
  const bridge = fakeBridge();
  const workspace = { id: bridge.world.office.pipelines[0]!.id as never, name: 'Nordhafen' };
  const sentence = 'This database was written by a newer Docket. Update Docket to open it.';
  bridge.world.session = { kind: 'closed', sentence, workspace };
  renderDesk('/all', bridge);
  expect((await screen.findByRole('alert')).textContent).toBe(sentence);
  await screen.findByRole('heading', { name: 'Nordhafen cannot be opened here' });
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(bridge.world.asked.at(-1)?.name).toBe('session.open'));
});
