// A record changed field by field, based on what the person saw. (H5)

import type { Conflict } from '../outcome.ts';
import { isSameValue } from '../same-value.ts';

interface FieldChange {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
}

type Merged<R> =
  | { readonly kind: 'merged'; readonly record: R; readonly changed: readonly string[] }
  | { readonly kind: 'clash'; readonly conflict: Conflict };

/**
 * Fields that others changed merge; only a field that both changed, to different values, conflicts, and then nothing is
 * changed. A field that is absent stands as null. (H5)
 */
export function mergeFields<R extends object>(
  record: R,
  changes: readonly FieldChange[],
  words: Readonly<Record<string, { readonly label: string; say(value: unknown): string }>>,
): Merged<R> {
  const merged = new Map<string, unknown>(Object.entries(record));
  const changed: string[] = [];
  const clashes: Extract<Conflict, { kind: 'fields' }>['fields'] = [];
  for (const { field, from, to } of changes) {
    const stands = merged.get(field) ?? null;
    if (isSameValue(stands, to)) continue;
    if (!isSameValue(stands, from)) {
      const said = words[field];
      const standsWords = said?.say(stands) ?? '';
      clashes.push({ field, label: said?.label ?? field, stands, standsWords });
    }
    changed.push(field);
    if (to === null) merged.delete(field);
    else merged.set(field, to);
  }
  if (clashes.length > 0) return { kind: 'clash', conflict: { kind: 'fields', fields: clashes } };
  return { kind: 'merged', record: Object.fromEntries(merged) as R, changed };
}
