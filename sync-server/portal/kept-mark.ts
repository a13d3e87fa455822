import { html } from '../html.ts';

/** Stands where the kept part of a page goes; what people write cannot be it, since no "<" of theirs is left. */
export const KEPT = html`<!--kept-->`;
/** Stands in a kept page for what is fresh each time it is sent. */
export const HOLE = html`<!--fresh-->`;

/** A page cut at its holes. */
export type KeptPage = readonly string[];

/** A page around a part that was made before: most of a page is the same as last time. */
export function aroundKept(source: string, kept: string): string {
  const mark = KEPT.toString();
  const at = source.indexOf(mark);
  return source.slice(0, at) + kept + source.slice(at + mark.length);
}

export function keptPage(source: string, kept: string): KeptPage {
  return aroundKept(source, kept).split(HOLE.toString());
}

/** @param fresh needs no escaping */
export function filledIn(page: KeptPage, fresh: string): string {
  return page.join(fresh);
}
