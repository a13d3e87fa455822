import { expect, test } from 'vitest';
import { html } from '../../sync-server/html.ts';

const ATTACKS = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '` onfocus=alert(1) `',
  '</textarea><script>alert(1)</script>',
  '&lt;b&gt;',
] as const;

test.each(ATTACKS)('what a person writes stays text: %s', (attack) => {
  const page = html`<p title="${attack}">${attack}</p>`.toString();
  const inside = page.slice('<p title="'.length, -'</p>'.length);
  const [title, text, ...more] = inside.split('">');
  expect(more).toEqual([]);
  for (const part of [title, text]) {
    expect(part).not.toMatch(/[<>"'`]/);
    expect(unescape(part ?? '')).toBe(attack);
  }
});

test('HTML made by a template is put in as it is, in lists too', () => {
  const items = ['a & b', 'c'].map((item) => html`<li>${item}</li>`);
  expect(html`<ul>${items}</ul>`.toString()).toBe('<ul><li>a &amp; b</li><li>c</li></ul>');
});

test('an object that only looks like HTML is escaped', () => {
  const forged = { toString: () => '<b>' } as unknown as string;
  expect(html`${[forged]}`.toString()).not.toContain('<b>');
});

test('nothing is left of what is absent, and zero is not absent', () => {
  expect(html`[${null}${undefined}${false}${0}${''}]`.toString()).toBe('[0]');
});

function unescape(source: string): string {
  const entities: Record<string, string> = {
    '&lt;': '<',
    '&gt;': '>',
    '&quot;': '"',
    '&#39;': "'",
    '&#96;': '`',
    '&amp;': '&',
  };
  return source.replace(/&(?:lt|gt|quot|#39|#96|amp);/g, (entity) => entities[entity] ?? '');
}
