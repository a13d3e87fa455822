// What stands in braces, and what it becomes. (C6)

import { describe, expect, test } from 'vitest';
import {
  fillVariables,
  unknownVariables,
  variableValues,
  withVariables,
} from '../../../renderer/canned/variables.ts';
import { aCustomer, aJob, aMember, aWorkspace } from '../../support/builders.ts';

const of = (more: { name?: string; reference?: string | null } = {}) =>
  variableValues(
    {
      customer: aCustomer({ name: more.name ?? 'Anna Berg' }),
      job: aJob({ title: 'Golf, front wing', reference: more.reference ?? null }),
    },
    { me: aMember({ name: 'Mara Kühn' }), workspace: aWorkspace({ name: 'Nordhafen' }) },
  );

describe('(C6) a variable', () => {
  test('becomes what the job says, however it is written', () => {
    const text = 'Hello {first_name}, { Customer }: {job} is done. {Author}, {OFFICE} {first name}';
    expect(fillVariables(text, of())).toEqual({
      text: 'Hello Anna, Anna Berg: Golf, front wing is done. Mara Kühn, Nordhafen Anna',
      unfilled: [],
    });
  });

  test('that has no value says so in its place, and one nobody knows stays as it was typed', () => {
    const { text, unfilled } = fillVariables('{reference} for {kustomer}: {author}', of());
    expect(text).toBe('{reference: not known} for {kustomer}: Mara Kühn');
    expect(unfilled).toEqual([
      { from: 0, words: '{reference: not known}' },
      { from: 27, words: '{kustomer}' },
    ]);
    for (const { from, words } of unfilled)
      expect(text.slice(from, from + words.length)).toBe(words);
    expect(fillVariables('{reference}', of({ reference: '#2291' })).text).toBe('#2291');
  });

  test('is none where braces hold no word', () => {
    for (const text of ['{}', '{ }', '{1}', '{"a": 1}', '{\n}', '{\na}', 'a { b', '{{'])
      expect(fillVariables(text, of())).toEqual({ text, unfilled: [] });
  });

  test('never fills in what a value itself has in braces', () => {
    expect(fillVariables('{customer}', of({ name: '{author}' })).text).toBe('{author}');
  });

  test.each([
    ['Anna Berg', 'Anna'],
    ['Dr. Jonas Weber', 'Jonas'],
    ['Weber, Jonas', 'Jonas'],
    ['Öz', 'Öz'],
  ])('the first name of %j is %j', (name, first) => {
    expect(of({ name }).first_name).toBe(first);
  });

  test('that nobody knows is named once while a canned reply is written', () => {
    expect(unknownVariables('{kustomer}, {customer}, {kustomer}, {date}')).toEqual([
      'kustomer',
      'date',
    ]);
  });
});

describe('(C6) a text that is saved for other jobs', () => {
  test('has variables again for what belongs to this one, and only whole words', () => {
    const values = of({ reference: '#2291' });
    expect(
      withVariables('Anna Berg, your Golf, front wing (#2291) is ready. Anna Bergmann?', values),
    ).toBe('{customer}, your {job} ({reference}) is ready. Anna Bergmann?');
  });

  test('keeps a name so short that it stands in other words by chance', () => {
    expect(withVariables('Öz, so it is.', of({ name: 'Öz' }))).toBe('Öz, so it is.');
  });
});
