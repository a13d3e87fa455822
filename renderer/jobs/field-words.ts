import type { FieldValue, FormField } from '../records.ts';

const number = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 6 });
const date = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** A field's value as people read it: "84,200", "12 Nov 2026", "Yes", "empty". */
export function fieldWords(field: FormField | undefined, value: FieldValue): string {
  if (value === null || value === '') return 'empty';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') return number.format(value);
  if (field?.type === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(value))
    return date.format(new Date(value));
  return value;
}
