// A pipeline as it is being edited, and what of it is not saved yet. (A5)

import type {
  FieldId,
  FormField,
  Hue,
  Pipeline,
  PipelineChange,
  PipelineDraft,
  Stage,
  StageId,
} from '../records.ts';

export const HUES: readonly Hue[] = [
  'blue',
  'teal',
  'green',
  'amber',
  'orange',
  'rose',
  'violet',
  'slate',
];

export const FIELD_TYPES = {
  text: 'Text',
  long_text: 'Long text',
  number: 'Number',
  date: 'Date',
  choice: 'Choice',
  checkbox: 'Checkbox',
} as const satisfies Record<FormField['type'], string>;

export const draftOf = ({
  name,
  hue,
  stages,
  fields,
  customerCanReply,
  customerCanUpload,
}: Pipeline): PipelineDraft => ({ name, hue, stages, fields, customerCanReply, customerCanUpload });

export const newStage = (hue: Hue, name = '', visibleToCustomer = false): Stage => ({
  id: crypto.randomUUID() as StageId,
  name,
  hue,
  visibleToCustomer,
});

export const newField = (): FormField => ({
  id: crypto.randomUUID() as FieldId,
  label: '',
  type: 'text',
  choices: [],
  customerCanEdit: false,
});

export const emptyDraft = (): PipelineDraft => ({
  name: '',
  hue: 'blue',
  stages: [
    newStage('slate', 'Enquiry'),
    newStage('blue', 'In progress', true),
    newStage('green', 'Done', true),
  ],
  fields: [],
  customerCanReply: true,
  customerCanUpload: false,
});

const FIELDS = [
  'name',
  'hue',
  'stages',
  'fields',
  'customerCanReply',
  'customerCanUpload',
] as const satisfies readonly PipelineChange['field'][];

export function changesOf(from: PipelineDraft, to: PipelineDraft): PipelineChange[] {
  return FIELDS.filter((field) => JSON.stringify(from[field]) !== JSON.stringify(to[field])).map(
    (field) => ({ field, from: from[field], to: to[field] }) as PipelineChange,
  );
}

/** Why it cannot be saved as it stands; null where it can. */
export function problemOf({ name, stages, fields }: PipelineDraft): string | null {
  if (name.trim() === '') return 'Give the pipeline a name.';
  if (stages.length === 0) return 'A pipeline needs at least one stage.';
  if (stages.some((stage) => stage.name.trim() === '')) return 'Every stage needs a name.';
  if (fields.some((field) => field.label.trim() === '')) return 'Every field needs a label.';
  const bare = fields.find(({ type, choices }) => type === 'choice' && choices.length === 0);
  return bare === undefined ? null : `“${bare.label}” has nothing to choose from.`;
}

/** The list with one item a place further up (-1) or down (1). */
export function moved<T>(items: readonly T[], index: number, by: 1 | -1): T[] {
  const item = items[index];
  const other = items[index + by];
  if (item === undefined || other === undefined) return [...items];
  return items.map((each, place) => (place === index ? other : place === index + by ? item : each));
}
