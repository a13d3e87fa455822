// @vitest-environment jsdom

import 'fake-indexeddb/auto';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { fakeBridge } from '../../support/fake-bridge.ts';
import { renderDesk } from '../../support/render-desk.tsx';

test('[L5] a copy that fresh copies do not heal asks a person, who can have one more', async () => {
  const bridge = fakeBridge();
  const { world } = bridge;
  world.sync = { ...world.sync, kind: 'differs', trouble: 'This copy differs.' };
  renderDesk('/all', bridge);
  fireEvent.click(await screen.findByRole('button', { name: /^Copy differs/ }));
  expect(await screen.findByText('This copy differs.')).toBeDefined();
  expect(screen.getByRole('button', { name: 'Sync log' })).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Get a fresh copy' }));
  await waitFor(() => expect(world.asked.map(({ name }) => name)).toContain('sync.heal-again'));
});
