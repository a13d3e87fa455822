// What a person filled in, as "label: value", for the copy they keep of what waits: its title says only what it is about. (H4)

import { answerInWords } from '../../../sync-server/protocol/customer-words.ts';
import type { MutationArgs } from '../../../sync-server/protocol/mutations.ts';
import type { FormField, Pipeline } from '../../../sync-server/protocol/records.ts';
import type { FieldValue } from '../../../sync-server/protocol/values.ts';
import type { ReadableMirror } from '../mirror/database.ts';
import { findRecord } from '../mirror/records.ts';
import type { OutboxMutation } from '../outbox/outbox.ts';

interface Said {
  readonly label: string;
  say(value: unknown): string;
}

const plain = (label: string): Said => ({
  label,
  say: (value) => answerInWords(value as FieldValue),
});

/** Of customers, pipelines and the office; the same word means the same in each. */
const FIELDS: Readonly<Record<string, Said>> = {
  name: plain('Name'),
  emails: { label: 'Emails', say: (emails) => answerInWords((emails as string[]).join(', ')) },
  phone: plain('Phone'),
  notes: plain('Notes'),
  notifyOnReplies: plain('Notify on replies'),
  hue: plain('Colour'),
  stages: {
    label: 'Stages',
    say: (stages) => (stages as Pipeline['stages']).map(stage).join(', '),
  },
  fields: { label: 'Form fields', say: (fields) => (fields as FormField[]).map(field).join(', ') },
  customerCanReply: plain('Customer can reply'),
  customerCanUpload: plain('Customer can upload'),
  title: plain('Title'),
};

/** Empty where the title, the text and the files say it all. */
export function typedLines(mirror: ReadableMirror, { name, args }: OutboxMutation): string[] {
  switch (name) {
    case 'save_form':
      return formLines(mirror, args as MutationArgs<'save_form'>);
    case 'create_customer':
    case 'create_pipeline':
    case 'create_canned_reply':
      return Object.entries(args as object).flatMap(([key, value]) => line(key, value));
    case 'update_customer':
    case 'update_pipeline':
    case 'update_workspace':
    case 'update_canned_reply': {
      const { changes } = args as { changes: readonly { field: string; to: unknown }[] };
      return changes.flatMap(({ field: key, to }) => line(key, to));
    }
    default:
      return [];
  }
}

function formLines(mirror: ReadableMirror, { jobId, changes }: MutationArgs<'save_form'>) {
  const job = findRecord(mirror, 'job', jobId);
  const pipeline = job && findRecord(mirror, 'pipeline', job.pipelineId);
  return changes.map(({ fieldId, to }) => {
    const label = pipeline?.fields.find(({ id }) => id === fieldId)?.label;
    return `${label ?? 'A removed field'}: ${answerInWords(to)}`;
  });
}

function line(key: string, value: unknown): string[] {
  const said = FIELDS[key];
  if (said !== undefined) return [`${said.label}: ${said.say(value)}`];
  // A new one lies beside the text, as a file.
  return key === 'logoBlobId' && value === null ? ['Logo: Nothing'] : [];
}

function stage({ name, visibleToCustomer }: Pipeline['stages'][number]): string {
  return visibleToCustomer ? name : `${name} (internal)`;
}

function field({ label, type, choices, customerCanEdit }: FormField): string {
  const kind = type === 'choice' ? `choice of ${choices.join(' / ')}` : type.replace('_', ' ');
  return `${label} (${kind}${customerCanEdit ? ', customer can edit' : ''})`;
}
