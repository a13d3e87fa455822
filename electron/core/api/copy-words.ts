// What a full copy says of each entry, in the words of the feed. (G4, B1)

import { MEDIA_TYPES } from '../../../sync-server/protocol/blobs.ts';
import { sizeInWords } from '../../../sync-server/protocol/customer-words.ts';
import { editedAt } from '../../../sync-server/protocol/edits.ts';
import type { Entry, FileChange, JobChange, Wish } from '../../../sync-server/protocol/entries.ts';
import type { FormField } from '../../../sync-server/protocol/records.ts';
import type { FieldValue } from '../../../sync-server/protocol/values.ts';
import type { OutboxMutation } from '../outbox/outbox.ts';
import type { PrintChange, PrintNote } from '../printing/print-blocks.ts';
import type { CopyTimes } from './copy-times.ts';
import type { Delivery } from './delivery-contract.ts';
import type { Undone } from './files-contract.ts';
import type { FeedItem } from './jobs-contract.ts';

/** Names as they are today, of those an entry tells of. */
export interface Names {
  member(memberId: string | null): string;
  customer(customerId: string): string;
}

/** Behind the author's name: "moved the job from Booked to Ready"; null for what was written. */
export function deedOf(entry: Entry, names: Names): string | null {
  switch (entry.kind) {
    case 'reply':
      return null;
    case 'file':
      return entry.attachmentIds.length === 1
        ? 'added a file'
        : `added ${entry.attachmentIds.length} files`;
    case 'status_change':
      return moveInWords(entry);
    case 'form_save':
      return 'saved the form';
    case 'assignment':
      return `assigned the job to ${names.member(entry.toMemberId)}`;
    case 'unapplied':
      return wishInWords(entry.wish, names);
    case 'job_change':
      return jobChangeInWords(entry.change, names);
    case 'file_change':
      return fileChangeInWords(entry.change, entry.name, entry.newName);
  }
}

function moveInWords({
  fromName,
  toName,
  pipelines,
}: Extract<Entry, { kind: 'status_change' }>): string {
  if (fromName === null) return `opened the job in ${toName}`;
  return pipelines === undefined
    ? `moved the job from ${fromName} to ${toName}`
    : `moved the job from ${pipelines.fromName}, ${fromName}, to ${pipelines.toName}, ${toName}`;
}

function jobChangeInWords(change: JobChange, names: Names): string {
  if (change.kind === 'customer')
    return `changed the customer from ${names.customer(change.fromCustomerId)} to ${names.customer(change.toCustomerId)}`;
  return change.to === ''
    ? 'changed the title'
    : `changed the title from ${change.from} to ${change.to}`;
}

function wishInWords(wish: Wish, names: Names): string {
  switch (wish.kind) {
    case 'stage':
      return `wanted to move the job to ${wish.wantedName}; not applied, it stayed in ${wish.standsName}`;
    case 'assignee':
      return `wanted to assign the job to ${names.member(wish.wantedMemberId)}; not applied, it stayed with ${names.member(wish.standsMemberId)}`;
    case 'title':
      return `wanted to call the job ${wish.wanted}; not applied, it stayed ${wish.stands}`;
    case 'customer':
      return `wanted to give the job to ${names.customer(wish.wantedCustomerId)}; not applied, it stayed with ${names.customer(wish.standsCustomerId)}`;
    case 'form':
      return 'filled in what somebody else had changed; it was not saved';
  }
}

function fileChangeInWords(change: FileChange, name: string, newName = ''): string {
  switch (change) {
    case 'made_visible':
      return `made ${name} visible to the customer`;
    case 'made_internal':
      return `made ${name} internal`;
    case 'renamed':
      return `renamed ${name} to ${newName}`;
    case 'withdrawn':
      return `withdrew ${name}`;
    case 'redacted':
      return `removed for good: ${name}`;
  }
}

export function changesOf(entry: Entry, fields: readonly FormField[]): PrintChange[] {
  const words = (fieldId: string, value: FieldValue) =>
    fieldInWords(
      fields.find(({ id }) => id === fieldId),
      value,
    );
  if (entry.kind === 'form_save')
    return entry.changes.map(({ fieldId, label, from, to }) => ({
      label,
      from: from === null || from === '' ? null : words(fieldId, from),
      to: words(fieldId, to),
    }));
  if (entry.kind === 'unapplied' && entry.wish.kind === 'form')
    return entry.wish.fields.map(({ fieldId, label, wanted, stands }) => ({
      label,
      from: null,
      to: `${words(fieldId, wanted)}, but ${words(fieldId, stands)} stood`,
    }));
  return [];
}

const number = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 6 });
const date = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** "84,200", "12 Nov 2026", "Yes", "empty". */
export function fieldInWords(field: FormField | undefined, value: FieldValue): string {
  if (value === null || value === '') return 'empty';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') return number.format(value);
  const isDate = field?.type === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(value);
  const at = isDate ? new Date(value) : undefined;
  return at === undefined || Number.isNaN(at.getTime()) ? value : date.format(at);
}

/** That it waits, that it was taken back, how far it has come. */
export function notesOf(
  item: FeedItem,
  { times, customerName, why }: { times: CopyTimes; customerName: string; why: string },
): PrintNote[] {
  const state = STATE_WORDS[item.state];
  return [
    ...(state === null ? [] : [{ look: 'warn', words: `${state}${why}` } as const]),
    ...(item.undone === null
      ? []
      : [{ look: 'warn', words: undoneInWords(item.undone, customerName, times) } as const]),
    ...editNotes(editedAt(item.entry), times),
    ...deliveryNotes(item.delivery, times),
  ];
}

/** That a text is not the first one; the copy's data has those before it. (C10) */
export function editNotes(at: string | null | undefined, times: CopyTimes): PrintNote[] {
  return at == null ? [] : [{ look: 'plain', words: `Edited ${times.moment(at)}` }];
}

const STATE_WORDS: Readonly<Record<FeedItem['state'], string | null>> = {
  confirmed: null,
  waiting: 'On this device, not sent yet',
  'waits-for-look': 'On this device, waits for a look before it is sent',
  parked: 'Not sent',
};

/** Why a parked post was not sent: ": the job moved on before it was sent". */
export function parkedBecause({ outcome }: Pick<OutboxMutation, 'outcome'>): string {
  switch (outcome?.kind) {
    case 'refused':
      return `: ${outcome.refusal.sentence}`;
    case 'conflicted':
      return ': something newer stood';
    case 'held':
      return ': held, because the job moved on before it was sent';
    default:
      return '';
  }
}

/** "Withdrawn by Mara Kühn, 12 Nov 2026, 10:31. Anna Berg had looked at the job before, …" (C10) */
export function undoneInWords(
  { how, byName, at, customerSeenAt, mailedAt }: Undone,
  customerName: string,
  times: CopyTimes,
): string {
  const what = how === 'withdrawn' ? 'Withdrawn' : 'Removed for good';
  const said = `${what} by ${byName}, ${times.moment(at)}.`;
  if (customerSeenAt !== null)
    return `${said} ${customerName} had looked at the job before, last ${times.moment(customerSeenAt)}.`;
  return mailedAt === null ? said : `${said} A mail about it had left, ${times.moment(mailedAt)}.`;
}

function deliveryNotes(delivery: Delivery | null, times: CopyTimes): PrintNote[] {
  if (delivery === null || delivery.onServerAt === null) return [];
  const { mail, portal, seenBy } = delivery;
  const words = [
    ...(portal === 'stage'
      ? ['Not in the portal: the customer does not see jobs in this stage']
      : []),
    ...(mail.kind === 'sent' ? [`Mailed ${times.moment(mail.at)} to ${mail.to.join(', ')}`] : []),
    ...(mail.kind === 'refused'
      ? [`Mail refused: ${mail.refused.map(({ to }) => to).join(', ')}`]
      : []),
    ...(seenBy === null ? [] : [`Seen in the portal by ${times.moment(seenBy)}`]),
  ];
  return words.length === 0 ? [] : [{ look: 'plain', words: words.join(' · ') }];
}

/** "PDF, 310 kB" */
export function aboutFile(file: {
  readonly mediaType: string;
  readonly sizeBytes: number;
}): string {
  return `${MEDIA_TYPES[file.mediaType] ?? 'File'}, ${sizeInWords(file.sizeBytes)}`;
}
