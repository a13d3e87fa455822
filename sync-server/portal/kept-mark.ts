import { html } from '../html.ts';

/** Stands where the kept part of a page goes; what people write cannot be it, since no "<" of theirs is left. */
export const KEPT = html`<!--kept-->`;
/** Stands in a kept page for the token that is fresh each time it is sent, and is as long as one. */
export const HOLE = html`<!--fresh-------------------------->`;

/** As the bytes that are sent: a long page is copied in less time than it is encoded. */
export interface KeptPage {
  readonly bytes: Buffer;
  /** Where the holes begin. */
  readonly holes: readonly number[];
}

/** A page around a part that was made before: most of a page is the same as last time. */
export function aroundKept(source: string, kept: string): string {
  const mark = KEPT.toString();
  const at = source.indexOf(mark);
  return source.slice(0, at) + kept + source.slice(at + mark.length);
}

export function keptPage(source: string, kept: string): KeptPage {
  const bytes = Buffer.from(aroundKept(source, kept));
  const mark = HOLE.toString();
  const holes: number[] = [];
  for (let at = bytes.indexOf(mark); at !== -1; at = bytes.indexOf(mark, at + mark.length))
    holes.push(at);
  return { bytes, holes };
}

/** @param fresh as long as a hole, and needs no escaping */
export function filledIn({ bytes, holes }: KeptPage, fresh: string): Buffer {
  const page = Buffer.from(bytes);
  for (const at of holes) page.write(fresh, at, 'latin1');
  return page;
}
