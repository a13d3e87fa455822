import { html } from '../html.ts';

/** Stands where the kept part of a page goes; what people write cannot be it, since no "<" of theirs is left. */
export const KEPT = html`<!--kept-->`;
