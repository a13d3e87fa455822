// The quick look at entries against the schema it stands in for.

import { describe, expect, test } from 'vitest';
import { isPlainEntry } from '../../../sync-server/protocol/plain-entry.ts';
import { entry } from '../../../sync-server/protocol/records.ts';
import {
  aFileEntry,
  aFormSave,
  anAssignment,
  anAttachmentId,
  anEntry,
  aStatusChange,
} from '../../support/builders.ts';

const usual = [
  ['a reply', anEntry({ text: 'Größe “XL” 🚗' })],
  [
    'a reply of a customer',
    anEntry({ author: { kind: 'customer', customerId: anEntry().id as never } }),
  ],
  ['one that waits on a device', anEntry({ arrivedAt: null })],
  ['one with files', anEntry({ attachmentIds: [anAttachmentId(), anAttachmentId()] })],
  ['files alone', aFileEntry()],
  ['a change of stage', aStatusChange()],
  ['a job’s beginning', aStatusChange({ fromStageId: null, fromName: null })],
  ['a saved form', aFormSave()],
  ['an assignment', anAssignment()],
] as const;

/** Values of every sort, to be put where they do not belong, and now and then do. */
const ODD: readonly unknown[] = [
  undefined,
  null,
  true,
  0,
  -1.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  '',
  ' ',
  'x',
  'x'.repeat(201),
  'x'.repeat(20_001),
  'half \u0000 past',
  'half a \ud83d face',
  'visible',
  'internal',
  'reply',
  'file_change',
  '2026-02-28T09:00:00.000Z',
  '2026-02-29T09:00:00.000Z',
  '2024-02-29T09:00:00.000Z',
  '2026-04-31T09:00:00.000Z',
  '2026-11-02T24:00:00.000Z',
  '2026-11-02T09:00:00Z',
  '2026-11-02T09:00:00.000+01:00',
  '00000000-0000-4000-8000-000000000000',
  '00000000-0000-4000-8000-00000000000A',
  '00000000-0000-1000-8000-000000000000',
  [],
  ['x'],
  ['00000000-0000-4000-8000-000000000000'],
  Array.from({ length: 51 }, () => '00000000-0000-4000-8000-000000000000'),
  {},
  { kind: 'member' },
  { kind: 'member', memberId: '00000000-0000-4000-8000-000000000000' },
  { kind: 'customer', memberId: '00000000-0000-4000-8000-000000000000' },
  { kind: 'member', memberId: '00000000-0000-4000-8000-000000000000', more: 1 },
];

const isEntry = (value: unknown) => entry.safeParse(value).success;

describe('a quick look at an entry', () => {
  test.each(usual)('is enough for %s', (_what, value) => {
    expect(isEntry(value)).toBe(true);
    expect(isPlainEntry(value)).toBe(true);
  });

  test.each(usual)(
    'says yes to nothing the schema refuses: %s with a field bent',
    (_what, value) => {
      for (const bent of bentForms(value))
        if (isPlainEntry(bent)) expect(isEntry(bent), JSON.stringify(bent)).toBe(true);
    },
  );

  test.each(usual)(
    'leaves what it does not know to the schema: %s with one field more',
    (_what, value) => {
      expect(isPlainEntry({ ...value, more: 1 })).toBe(false);
      const by = { memberId: value.id, at: value.writtenAt };
      expect(isPlainEntry({ ...value, withdrawn: by })).toBe(false);
      expect(isEntry({ ...value, withdrawn: by })).toBe(true);
    },
  );

  test.each([null, undefined, 'reply', 7, [], [anEntry()], {}])('%j is no entry', (value) => {
    expect(isPlainEntry(value)).toBe(false);
  });
});

/** The same with each field, at every depth, left out or replaced by something odd. */
function* bentForms(value: unknown): Generator {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    for (const odd of ODD) yield replaced(value, name, odd);
    for (const bent of bentForms(inner)) yield replaced(value, name, bent);
    if (!Array.isArray(value))
      yield Object.fromEntries(Object.entries(value).filter(([other]) => other !== name));
  }
}

function replaced(value: object, name: string, inner: unknown): unknown {
  if (Array.isArray(value))
    return value.map((each: unknown, index) => (String(index) === name ? inner : each));
  return { ...value, [name]: inner };
}
