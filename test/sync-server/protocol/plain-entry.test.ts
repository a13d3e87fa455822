// The quick way to entries against the schema it stands in for.

import { describe, expect, test } from 'vitest';
import { readPlainEntry } from '../../../sync-server/protocol/plain-entry.ts';
import { entry } from '../../../sync-server/protocol/entries.ts';
import {
  aFileEntry,
  aFormSave,
  anAssignment,
  anAttachmentId,
  anEntry,
  aStatusChange,
} from '../../support/builders.ts';

const usual = [
  ['a reply', anEntry({ text: 'Größe “XL” 🚗\n"quoted" \\ and \t so on' })],
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

/** Characters that mean something in JSON, and some that only look so. */
const STRAY = [
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '0',
  'e',
  ' ',
  '\n',
  '\t',
  '\u0000',
  '\u2028',
  '\ud83d',
  'x',
  'ß',
];

function expectAgreement(json: string): void {
  const plain = readPlainEntry(json);
  if (plain === undefined) return;
  const parsed = entry.safeParse(JSON.parse(json));
  expect(parsed.success, json).toBe(true);
  expect(plain, json).toEqual(parsed.data);
}

describe('a quick way to an entry', () => {
  test.each(usual)('is enough for %s', (_what, value) => {
    expect(isEntry(value)).toBe(true);
    expect(readPlainEntry(JSON.stringify(value))).toEqual(value);
  });

  test.each(usual)(
    'makes nothing of what the schema refuses: %s with a field bent',
    (_what, value) => {
      for (const bent of bentForms(value)) expectAgreement(JSON.stringify(bent));
    },
  );

  test.each(usual)(
    'makes nothing the schema reads otherwise: %s with a character too many, too few, or another',
    (_what, value) => {
      const json = JSON.stringify(value);
      for (let at = 0; at <= json.length; at += 1) {
        expectAgreement(json.slice(0, at) + json.slice(at + 1));
        for (const stray of STRAY) {
          expectAgreement(json.slice(0, at) + stray + json.slice(at));
          expectAgreement(json.slice(0, at) + stray + json.slice(at + 1));
        }
      }
    },
  );

  test.each([
    ['one part of a character', '\\ud83d'],
    ['a character by its number', '\\u0041'],
    ['a nought', '\\u0000'],
    ['an escape nobody knows', '\\x41'],
    ['an end of line', '\n'],
  ])('leaves %s in a text to the schema', (_what, piece) => {
    const json = JSON.stringify(anEntry({ text: 'HERE' })).replace('HERE', piece);
    expect(readPlainEntry(json)).toBeUndefined();
  });

  test.each(usual)(
    'leaves what it does not know to the schema: %s with one field more',
    (_what, value) => {
      expect(readPlainEntry(JSON.stringify({ ...value, more: 1 }))).toBeUndefined();
      const withdrawn = { ...value, withdrawn: { memberId: value.id, at: value.writtenAt } };
      expect(readPlainEntry(JSON.stringify(withdrawn))).toBeUndefined();
      expect(isEntry(withdrawn)).toBe(true);
    },
  );

  test('leaves other layouts to the schema, such as a name twice', () => {
    const json = JSON.stringify(anEntry());
    for (const twice of ['"kind":"reply"', '"text":"other"', '"audience":"visible"'])
      expect(readPlainEntry(json.replace(/\}$/, `,${twice}}`))).toBeUndefined();
    const { id, ...rest } = anEntry();
    expect(readPlainEntry(JSON.stringify({ ...rest, id }))).toBeUndefined();
  });

  test.each(['', 'null', '7', '[]', '{}', '{"id":', 'reply'])('%j is no entry', (json) => {
    expect(readPlainEntry(json)).toBeUndefined();
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
