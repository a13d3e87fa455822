import { html } from '../html.ts';

/** Stands where the kept part of a page goes; what people write cannot be it, since no "<" of theirs is left. */
export const KEPT = html`<!--kept-->`;
/** Stands in a kept page for what is fresh each time it is sent. */
export const HOLE = html`<!--fresh-->`;

/** HTML in UTF-8, cut at its holes. */
export interface KeptPage {
  readonly parts: readonly Buffer[];
}

/** A page around a part that was made before: most of a page is the same as last time. */
export function aroundKept(source: string, kept: Buffer): Buffer {
  const mark = KEPT.toString();
  const at = source.indexOf(mark);
  const before = Buffer.from(source.slice(0, at));
  return Buffer.concat([before, kept, Buffer.from(source.slice(at + mark.length))]);
}

export function keptPage(source: string, kept: Buffer): KeptPage {
  const page = aroundKept(source, kept);
  const mark = HOLE.toString();
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = page.indexOf(mark); at !== -1; at = page.indexOf(mark, from)) {
    parts.push(page.subarray(from, at));
    from = at + mark.length;
  }
  return { parts: [...parts, page.subarray(from)] };
}

/** @param fresh plain ASCII that needs no escaping */
export function filledIn({ parts }: KeptPage, fresh: string): Buffer {
  const filling = Buffer.from(fresh, 'latin1');
  return Buffer.concat(parts.flatMap((part, index) => (index === 0 ? [part] : [filling, part])));
}
