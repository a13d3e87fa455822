// @vitest-environment jsdom

import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { OutboxItem } from '../../../electron/core/api/outbox-contract.ts';
import type { BlobId } from '../../../sync-server/protocol/ids.ts';
import { sentOfWords, transferWords } from '../../../renderer/transfers/transfer-words.ts';
import { fakeBridge } from '../../support/fake-bridge.ts';
import { fakeId } from '../../support/fake-office.ts';
import { renderDesk } from '../../support/render-desk.tsx';

const LOST = 'a'.repeat(64) as BlobId;
const PROBLEM = '“lost.pdf” is no longer on this disk, so it could not be sent.';

function renderStuck(overrides: Partial<OutboxItem> = {}) {
  const bridge = fakeBridge();
  const item: OutboxItem = {
    mutationId: fakeId(),
    jobId: bridge.world.office.jobs[0]!.id,
    jobTitle: 'Golf 8, rear quarter panel',
    jobReference: '#2291',
    audience: 'internal',
    title: 'Note',
    text: 'Two files.',
    files: [
      { blobId: 'b'.repeat(64) as BlobId, name: 'kept.pdf', sizeBytes: 2_600_000, problem: null },
      { blobId: LOST, name: 'lost.pdf', sizeBytes: 310_000, problem: PROBLEM },
    ],
    writtenAt: '2026-11-12T10:12:00.000Z',
    isOnItsWay: false,
    isPost: true,
    state: { kind: 'refused', refusal: { code: 'file-stuck', sentence: PROBLEM } },
    ...overrides,
  };
  bridge.world.outbox = [item];
  renderDesk('/waiting', bridge);
  return { bridge, item };
}

test('(D7) a file that cannot go says why, is replaced by another or left out', async () => {
  const { bridge, item } = renderStuck();
  const files = await screen.findByRole('list', { name: 'Files' });
  expect(within(files).getByText(PROBLEM)).toBeDefined();
  expect(within(files).getByText('kept.pdf')).toBeDefined();
  fireEvent.change(within(files).getByLabelText('File in place of lost.pdf'), {
    target: { files: [new File(['Found.'], 'found.pdf')] },
  });
  const { mutationId } = item;
  await waitFor(() =>
    expect(bridge.world.asked.map(({ name, args }) => ({ name, args }))).toContainEqual({
      name: 'outbox.replace-file',
      args: {
        mutationId,
        blobId: LOST,
        by: { blobId: expect.any(String) as string, name: 'found.pdf' },
      },
    }),
  );
  fireEvent.click(within(files).getByRole('button', { name: 'Leave it out' }));
  await waitFor(() =>
    expect(bridge.world.asked.map(({ name }) => name)).toContain('outbox.remove-file'),
  );
});

test('(D7) a folder, an empty or a too large file in its place is refused before a byte is copied', async () => {
  const { bridge } = renderStuck();
  const input = await screen.findByLabelText('File in place of lost.pdf');
  fireEvent.change(input, { target: { files: [new File([], 'empty.pdf')] } });
  expect(await screen.findByText(/“empty.pdf” is empty/)).toBeDefined();
  expect(bridge.world.asked.map(({ name }) => name)).not.toContain('outbox.replace-file');
});

test('(D7) a lost logo is replaced or left out, and is nothing to go on writing', async () => {
  const [lost] = [{ blobId: LOST, name: 'Logo.png', sizeBytes: 900, problem: PROBLEM }];
  const what = { jobId: null, jobReference: null, jobTitle: '', text: '', files: [lost] };
  const look = { ...what, isPost: false };
  renderStuck({ ...look, audience: 'visible', title: 'How the office looks to customers' });
  expect(await screen.findByLabelText('File in place of Logo.png')).toBeDefined();
  const names = screen.getAllByRole('button').map(({ textContent }) => textContent);
  expect(names).toEqual(expect.arrayContaining(['Leave it out', 'Try again', 'Discard']));
  expect(names).not.toContain('Edit');
  expect(names).not.toContain('Make internal');
});

test('(D7) how far a file came is said in one unit', () => {
  expect(sentOfWords(1_600_000, 2_600_000)).toBe('1.6 of 2.6 MB');
  expect(sentOfWords(120_000, 310_000)).toBe('120 of 310 kB');
  const file = { blobId: LOST, sizeBytes: 2_600_000, sentBytes: 0, isSending: false };
  expect(transferWords({ ...file, problem: null }, true)).toBe('2.6 MB, waiting for network');
  expect(transferWords({ ...file, problem: 'The server had a problem.' }, false)).toBe(
    'Trying again. The server had a problem.',
  );
  expect(
    transferWords({ ...file, isSending: true, sentBytes: 1_600_000, problem: null }, false),
  ).toBe('1.6 of 2.6 MB');
});
