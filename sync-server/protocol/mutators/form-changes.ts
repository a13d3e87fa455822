// What saving a form comes to, field by field. (A4, H5)

import type { WishedFormChange } from '../mutations.ts';
import { type Conflict, type Outcome, refused } from '../outcome.ts';
import type { FormChange, Wish } from '../entries.ts';
import type { FormField, Job } from '../records.ts';
import type { FieldValue } from '../values.ts';

export interface FormAsItStands {
  /** Those that may be changed. */
  readonly fields: readonly FormField[];
  readonly form: Job['form'];
  /** Whose fields they are, for the sentence: "“Body and paint”". */
  readonly of: string;
}

type FormChanges =
  | { readonly kind: 'changes'; readonly changes: FormChange[] }
  /** `conflict` and `wish` are of the fields that both changed, `changes` of all others. */
  | {
      readonly kind: 'clash';
      readonly conflict: Conflict;
      readonly wish: Wish;
      readonly changes: FormChange[];
    }
  | Extract<Outcome, { kind: 'refused' }>;

/**
 * Fields that others changed merge; only a field that both changed, to different values, conflicts. No changes are left where
 * everything stands already. (H5)
 */
export function formChangesOf(
  toSave: readonly WishedFormChange[],
  { fields, form, of }: FormAsItStands,
): FormChanges {
  const changes: FormChange[] = [];
  const clashing: FormChange[] = [];
  for (const change of toSave) {
    const field = fields.find((candidate) => candidate.id === change.fieldId);
    if (field === undefined)
      return refused(
        'field-missing',
        `A field you filled in is no longer in ${of}. Nothing was saved.`,
      );
    if (!isValueOf(field, change.to))
      return refused(
        'value-not-valid',
        `“${field.label}” cannot take that value. Nothing was saved.`,
      );
    const stands = form[field.id] ?? null;
    if (stands === change.to) continue;
    const isClash = stands !== change.from;
    const { id: fieldId, label } = field;
    (isClash ? clashing : changes).push({ fieldId, label, from: stands, to: change.to });
  }
  if (clashing.length === 0) return { kind: 'changes', changes };
  const conflict: Conflict = { kind: 'form', fields: clashing.map(standing) };
  return { kind: 'clash', conflict, wish: { kind: 'form', fields: clashing.map(wished) }, changes };
}

function standing({ fieldId, label, from }: FormChange) {
  return { fieldId, label, stands: from };
}

function wished({ fieldId, label, from, to }: FormChange) {
  return { fieldId, label, wanted: to, stands: from };
}

export function formAfter(form: Job['form'], changes: readonly FormChange[]): Job['form'] {
  return { ...form, ...Object.fromEntries(changes.map(({ fieldId, to }) => [fieldId, to])) };
}

/** Null empties any field. */
function isValueOf(field: FormField, value: FieldValue): boolean {
  if (value === null) return true;
  switch (field.type) {
    case 'text':
    case 'long_text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
    case 'choice':
      return typeof value === 'string' && field.choices.includes(value);
    case 'checkbox':
      return typeof value === 'boolean';
  }
}
