// @vitest-environment jsdom

import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { keepingWords, largeSizeWords } from '../../../renderer/settings/keeping-words.ts';
import { renderDesk } from '../../support/render-desk.tsx';

const asked = (bridge: ReturnType<typeof renderDesk>['bridge'], name: string) =>
  bridge.world.asked.filter((one) => one.name === name).map(({ args }) => args);

test('(D8) says what files take, what is free, and lets a person give them more', async () => {
  const { bridge } = renderDesk('/settings');
  expect(await screen.findByText('1.2 GB')).toBeDefined();
  expect(screen.getByText('of 5 GB used · 84 GB free on this disk')).toBeDefined();
  expect(screen.getByRole('meter', { name: 'Space used by files' })).toBeDefined();
  fireEvent.change(screen.getByLabelText('Space for files'), { target: { value: '10000000000' } });
  await waitFor(() =>
    expect(asked(bridge, 'files.set-budget')).toEqual([{ budgetBytes: 10_000_000_000 }]),
  );
});

test('(D7) files are held to a part of the line, and let go again', async () => {
  const { bridge } = renderDesk('/settings');
  const speed = await screen.findByLabelText('Files use at most');
  fireEvent.change(speed, { target: { value: '2000' } });
  await waitFor(() => expect(asked(bridge, 'files.set-speed')).toEqual([{ limitKbits: 2000 }]));
  fireEvent.change(speed, { target: { value: 'none' } });
  await waitFor(() =>
    expect(asked(bridge, 'files.set-speed').at(-1)).toEqual({ limitKbits: null }),
  );
});

test('(G3) is reached by two keys', async () => {
  renderDesk('/all');
  await screen.findAllByText('All jobs');
  fireEvent.keyDown(document.body, { key: 'g' });
  fireEvent.keyDown(document.body, { key: ',' });
  expect(await screen.findByRole('heading', { name: 'Settings' })).toBeDefined();
});

describe('words', () => {
  const keeping = {
    budgetBytes: 1,
    limitKbits: null,
    usedBytes: 1,
    unsentBytes: 0,
    freeBytes: null,
    keptJobs: [],
    missing: 3,
  };
  test.each([
    ['full', true, 'The space is used up'],
    ['disk-full', true, 'Free some space'],
    ['waiting', false, '3 files to fetch'],
    ['fetching', false, '3 files to go'],
    ['done', true, '3 files cannot be had'],
  ] as const)('(D8) %s is said, with what to do where something is', (state, needsLook, part) => {
    const said = keepingWords({ ...keeping, state });
    expect(said.needsLook).toBe(needsLook);
    expect(said.words).toContain(part);
  });

  test('(D8) nothing is missing only where nothing is', () => {
    const said = keepingWords({ ...keeping, missing: 0, state: 'done' });
    expect(said).toEqual({ words: 'Everything that should be here is here.', needsLook: false });
  });

  test('sizes are said in the unit people count in', () => {
    expect([310_000, 5_000_000_000, 1_240_000_000, 84_300_000_000].map(largeSizeWords)).toEqual([
      '310 kB',
      '5 GB',
      '1.2 GB',
      '84.3 GB',
    ]);
  });
});
