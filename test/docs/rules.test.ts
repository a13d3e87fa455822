// The promises of docs/sync-protocol.md and the tests agree: each has a test whose title carries its number.

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** `[P1]`; a rule that is a feature's own number, such as H8, also stands in its round brackets. */
const NUMBER = /\[([A-Z]\d+)\]|\((H\d+)\)/g;
/** The title of a test, a suite or a table of tests, on the line of its call or on the next. */
const TITLE =
  /\b(?:test|it|describe)(?:\.\w+(?:\([^`]*?\))?|\.each<[^`]*?>)*\(\s*(['"`])((?:(?!\1)[\s\S])*)\1/g;
const TABLE_TITLE = /\]\)\(\s*(['"`])((?:(?!\1)[\s\S])*)\1/g;

function rules(): string[] {
  const page = readFileSync(`${ROOT}/docs/sync-protocol.md`, 'utf8');
  return [...page.matchAll(/^- \*\*([A-Z]\d+)\*\*(.*)$/gm)]
    .filter(([, , words]) => words?.includes('*(not yet)*') !== true)
    .map(([, number]) => number ?? '');
}

function provedNumbers(): Set<string> {
  const files = readdirSync(`${ROOT}/test`, { recursive: true, encoding: 'utf8' });
  const proved = new Set<string>();
  for (const file of files.filter((name) => /\.test\.tsx?$|contract\.ts$/.test(name))) {
    const source = readFileSync(`${ROOT}/test/${file}`, 'utf8');
    for (const pattern of [TITLE, TABLE_TITLE])
      for (const [, , title = ''] of source.matchAll(pattern))
        for (const [, rule, feature] of title.matchAll(NUMBER)) proved.add(rule ?? feature ?? '');
  }
  return proved;
}

test('every rule of the sync protocol has a test whose title carries its number', () => {
  const proved = provedNumbers();
  expect(rules().length).toBeGreaterThan(25);
  expect(rules().filter((number) => !proved.has(number))).toEqual([]);
});

test('no rule has two meanings', () => {
  const all = rules();
  expect(all.filter((number, index) => all.indexOf(number) !== index)).toEqual([]);
});
