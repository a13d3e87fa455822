// @vitest-environment jsdom

import { fireEvent, render, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { FeedItem } from '../../../electron/core/api/jobs-contract.ts';
import { DeliveryLine } from '../../../renderer/activity/delivery-line.tsx';
import { type Delivery, ladderOf, summaryOf } from '../../../renderer/activity/delivery-words.ts';
import { anEntry } from '../../support/builders.ts';

// Without a zone of its own a time is read in the reader's.
const AT = '2026-11-12T10:30:00';
const base: Delivery = {
  onServerAt: AT,
  portal: 'shown',
  mail: { kind: 'none', why: 'unknown' },
  seenBy: null,
};
const itemOf = (delivery: Delivery | null): FeedItem => ({
  entry: anEntry({ audience: 'visible', writtenAt: AT, arrivedAt: AT }),
  authorName: 'Mara Kühn',
  mine: true,
  attachments: [],
  undone: null,
  state: 'confirmed',
  mutationId: null,
  customerNames: {},
  delivery,
  editBasis: null,
  parkedEditId: null,
});
const ANNA = 'anna@berg.example';
const sent = {
  kind: 'sent',
  at: '2026-11-12T10:32:00',
  to: [ANNA],
  refused: [{ to: 'old@berg.example', reason: '550 Gone' }],
} as const;
const refused = { kind: 'refused', at: AT, refused: [{ to: ANNA, reason: '550 No' }] } as const;

test.each<[string, Partial<Delivery>]>([
  ['In the portal', {}],
  ['Not in the portal', { portal: 'stage' }],
  ['No longer in the portal', { portal: 'undone' }],
  ['In the portal, mail follows', { mail: { kind: 'waiting', to: [ANNA], trouble: '' } }],
  ['Mail could not leave yet', { mail: { kind: 'waiting', to: [ANNA], trouble: 'Down.' } }],
  ['Mailed 10:32', { mail: sent }],
  ['Mailed 10:32', { mail: sent, portal: 'undone' }],
  ['Mail refused', { mail: refused }],
  ['Seen by 10:41', { mail: refused, seenBy: '2026-11-12T10:41:00' }],
])('(C10) one line says the highest it has come to: %s', (words, change) => {
  const delivery = { ...base, ...change };
  expect(summaryOf(itemOf(delivery), delivery)?.words).toBe(words);
});

test('(C10) what is on this device only has no line: its state says so already', () => {
  const delivery = { ...base, onServerAt: null };
  expect(summaryOf(itemOf(delivery), delivery)).toBeNull();
  expect(render(<DeliveryLine item={itemOf(null)} />).container.innerHTML).toBe('');
});

test('(C10) the whole ladder, with each address and its words', () => {
  const delivery = { ...base, mail: sent, seenBy: '2026-11-13T08:00:00' };
  expect(ladderOf(itemOf(delivery), delivery).map(({ words }) => words)).toEqual([
    'On this device 10:30',
    'With the server 10:30',
    'In the portal',
    'Mailed 10:32 to anna@berg.example',
    'The mail to old@berg.example was refused: 550 Gone',
    'Seen in the portal by 13 Nov, 08:00',
  ]);
});

test('(C10, F2) a mail that waits for the job to be seen again is no trouble', () => {
  const held = { kind: 'waiting', to: [ANNA], trouble: 'The customer does not see it.' } as const;
  const delivery = { ...base, portal: 'stage', mail: held } as const;
  expect(ladderOf(itemOf(delivery), delivery)).toContainEqual(
    expect.objectContaining({
      state: 'stopped',
      words: 'The mail to anna@berg.example leaves when the customer sees the job again',
    }),
  );
});

test('(I4) the line is a button that opens the ladder, and says whether it is open', () => {
  render(<DeliveryLine item={itemOf({ ...base, mail: sent })} />);
  const button = screen.getByRole('button', { name: 'Mailed 10:32' });
  expect(button.getAttribute('aria-expanded')).toBe('false');
  expect(screen.queryByRole('list')).toBeNull();
  fireEvent.click(button);
  expect(button.getAttribute('aria-expanded')).toBe('true');
  const ladder = screen.getByRole('list', { name: 'How far it has come' });
  expect(ladder.id).toBe(button.getAttribute('aria-controls'));
  expect(within(ladder).getAllByRole('listitem')).toHaveLength(6);
  fireEvent.click(button);
  expect(screen.queryByRole('list')).toBeNull();
});
