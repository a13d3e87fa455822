// A quick look at entries, which are most of what is ever sent: one that is plain in every respect needs no closer one. It
// says yes to nothing the schema refuses; a test holds the two together. To whatever it does not know it says no, and the
// schema decides.

import { isUuid } from './ids.ts';
import { MAX_NAME_LENGTH, MAX_TEXT_LENGTH, type Entry } from './records.ts';

type Loose<K extends string> = { readonly [N in K]?: unknown };
type LooseEntry = Loose<
  | 'id'
  | 'jobId'
  | 'audience'
  | 'author'
  | 'writtenAt'
  | 'arrivedAt'
  | 'kind'
  | 'text'
  | 'attachmentIds'
  | 'fromStageId'
  | 'fromName'
  | 'toStageId'
  | 'toName'
  | 'changes'
  | 'fromMemberId'
  | 'toMemberId'
>;

/** The fields every entry has, its kind among them. */
const HEAD = 7;
const MOST_ATTACHMENTS = 50;
const MOST_CHANGES = 100;
/** Every day that is there in every year. */
const INSTANT =
  /^\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/** Whether it is an entry without anything out of the ordinary. */
export function isPlainEntry(value: unknown): value is Entry {
  if (!isObject<LooseEntry>(value) || !hasPlainHead(value)) return false;
  const { kind } = value;
  const fields = countFields(value) - HEAD;
  switch (kind) {
    case 'reply':
      return fields === 2 && isText(value.text, MAX_TEXT_LENGTH) && areIds(value.attachmentIds, 0);
    case 'file':
      return fields === 1 && areIds(value.attachmentIds, 1);
    case 'status_change':
      return (
        fields === 4 &&
        isNullOr(isUuid, value.fromStageId) &&
        isNullOr(isName, value.fromName) &&
        isUuid(value.toStageId) &&
        isName(value.toName)
      );
    case 'form_save':
      return fields === 1 && areChanges(value.changes);
    case 'assignment':
      return (
        fields === 2 && isNullOr(isUuid, value.fromMemberId) && isNullOr(isUuid, value.toMemberId)
      );
    default:
      return false;
  }
}

function hasPlainHead(entry: LooseEntry): boolean {
  return (
    isUuid(entry.id) &&
    isUuid(entry.jobId) &&
    (entry.audience === 'internal' || entry.audience === 'visible') &&
    isAuthor(entry.author) &&
    isInstant(entry.writtenAt) &&
    isNullOr(isInstant, entry.arrivedAt)
  );
}

function isAuthor(value: unknown): boolean {
  if (!isObject<Loose<'kind' | 'memberId' | 'customerId'>>(value) || countFields(value) !== 2)
    return false;
  if (value.kind === 'member') return isUuid(value.memberId);
  return value.kind === 'customer' && isUuid(value.customerId);
}

function areChanges(value: unknown): boolean {
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_CHANGES) return false;
  return value.every(
    (change: unknown) =>
      isObject<Loose<'fieldId' | 'label' | 'from' | 'to'>>(change) &&
      countFields(change) === 4 &&
      isUuid(change.fieldId) &&
      isName(change.label) &&
      isFieldValue(change.from) &&
      isFieldValue(change.to),
  );
}

function isFieldValue(value: unknown): boolean {
  if (value === null || typeof value === 'boolean') return true;
  return Number.isFinite(value) || isText(value, MAX_TEXT_LENGTH);
}

function areIds(value: unknown, least: number): boolean {
  if (!Array.isArray(value) || value.length < least || value.length > MOST_ATTACHMENTS)
    return false;
  return value.every(isUuid);
}

function isText(value: unknown, max: number): value is string {
  return (
    typeof value === 'string' &&
    value.length <= max &&
    !value.includes('\u0000') &&
    value.isWellFormed()
  );
}

function isName(value: unknown): boolean {
  return isText(value, MAX_NAME_LENGTH) && value.trim() !== '';
}

function isInstant(value: unknown): boolean {
  return typeof value === 'string' && INSTANT.test(value);
}

function isNullOr(is: (value: unknown) => boolean, value: unknown): boolean {
  return value === null || is(value);
}

function isObject<T>(value: unknown): value is T & object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function countFields(value: object): number {
  let count = 0;
  for (const _field in value) count += 1;
  return count;
}
