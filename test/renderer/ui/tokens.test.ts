import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hue } from '../../../sync-server/protocol/values.ts';

const css = readFileSync(new URL('../../../renderer/ui/tokens.css', import.meta.url), 'utf8');

const light = valuesIn(blockAfter(/^:root \{/m));
const darkBySystem = valuesIn(
  blockAfter(/prefers-color-scheme: dark\) \{\s*:root:not\(\[data-theme="light"\]\) \{/),
);
const darkByChoice = valuesIn(blockAfter(/^:root\[data-theme="dark"\] \{/m));
const themes = [
  ['light', light],
  ['dark', new Map([...light, ...darkByChoice])],
] as const;

const SURFACES = ['bg', 'surface', 'surface-2', 'surface-3'];
const TEXTS = ['ink', 'ink-2', 'ink-3', 'accent', 'ok', 'warn', 'danger'];

test('dark by the system and dark by choice are the same', () => {
  expect(darkByChoice.size).toBeGreaterThan(30);
  expect(darkBySystem).toEqual(darkByChoice);
});

test.each(themes)('in %s every text colour keeps 4.5:1 on every surface', (_theme, values) => {
  for (const text of TEXTS)
    for (const surface of SURFACES)
      expect(contrast(values, text, surface), `${text} on ${surface}`).toBeGreaterThanOrEqual(4.5);
  for (const pair of ['internal', 'visible', 'customer'])
    expect(contrast(values, `${pair}-ink`, `${pair}-bg`), pair).toBeGreaterThanOrEqual(4.5);
  for (const sign of ['ok', 'warn', 'danger'])
    expect(contrast(values, sign, `${sign}-bg`), sign).toBeGreaterThanOrEqual(4.5);
  expect(contrast(values, 'accent-ink', 'accent')).toBeGreaterThanOrEqual(4.5);
});

test.each(themes)('in %s every hue of the protocol has a dot that keeps 3:1', (_theme, values) => {
  for (const name of hue.options)
    for (const surface of SURFACES)
      expect(contrast(values, `hue-${name}`, surface), name).toBeGreaterThanOrEqual(3);
});

function blockAfter(opening: RegExp): string {
  const start = css.search(opening);
  if (start === -1) throw new Error(`tokens.css has no block ${opening}`);
  const from = start + (opening.exec(css)?.[0].length ?? 0);
  return css.slice(from, css.indexOf('}', from));
}

function valuesIn(block: string): ReadonlyMap<string, string> {
  return new Map(
    [...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );
}

function contrast(values: ReadonlyMap<string, string>, one: string, other: string): number {
  const [low = 0, high = 0] = [one, other]
    .map((name) => luminance(values.get(name) ?? ''))
    .sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** WCAG's relative luminance of `#rrggbb`. */
function luminance(colour: string): number {
  if (!/^#[0-9a-f]{6}$/i.test(colour)) throw new Error(`Not a colour: “${colour}”`);
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
