// A quick way from text to an entry, since entries are most of what is ever sent: one without anything out of the ordinary is
// read by its layout, which is the same wherever it is written. Nothing comes of it that the schema would refuse or read
// otherwise; a test holds the two together. To whatever it does not know it says no, and the schema decides.

import { UUID_PATTERN as ID } from './ids.ts';
import type { Entry } from './entries.ts';
import { MAX_NAME_LENGTH, MAX_TEXT_LENGTH } from './values.ts';

/** Every day that is there in every year. */
const DAY =
  '(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8]))';
const INSTANT = `\\d{4}-${DAY}T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d\\.\\d{3}Z`;
/** Between its quotes; of what is escaped only what stands for one character each. */
const STRING = '[^"\\\\\\u0000-\\u001f]*(?:\\\\["\\\\/bfnrt][^"\\\\\\u0000-\\u001f]*)*';
const NUMBER = '-?(?:0|[1-9]\\d{0,14})(?:\\.\\d{1,15})?';
const VALUE = `(?:null|true|false|${NUMBER}|"${STRING}")`;
const CHANGE = `\\{"fieldId":"${ID}","label":"${STRING}","from":${VALUE},"to":${VALUE}\\}`;

const HEAD = new RegExp(
  `^\\{"id":"(${ID})","jobId":"(${ID})","audience":"(internal|visible)",` +
    `"author":\\{"kind":"(?:member","memberId":"(${ID})|customer","customerId":"(${ID}))"\\},` +
    `"writtenAt":"(${INSTANT})","arrivedAt":${orNull(INSTANT)},"kind":"([a-z_]+)",`,
);
const REPLY = new RegExp(`^"text":"(${STRING})","attachmentIds":(\\[${listOf(`"${ID}"`)}?\\])\\}$`);
const FILE = new RegExp(`^"attachmentIds":(\\[${listOf(`"${ID}"`)}\\])\\}$`);
const STATUS_CHANGE = new RegExp(
  `^"fromStageId":${orNull(ID)},"fromName":${orNull(STRING)},"toStageId":"(${ID})","toName":"(${STRING})"\\}$`,
);
const FORM_SAVE = new RegExp(`^"changes":(\\[${listOf(CHANGE)}\\])\\}$`);
const ASSIGNMENT = new RegExp(`^"fromMemberId":${orNull(ID)},"toMemberId":${orNull(ID)}\\}$`);

const MOST_ATTACHMENTS = 50;
const MOST_CHANGES = 100;

function orNull(inner: string): string {
  return `(?:null|"(${inner})")`;
}

function listOf(inner: string): string {
  return `(?:${inner}(?:,${inner})*)`;
}

/** The entry this JSON is, where it is one in the usual layout and within every limit. */
export function readPlainEntry(json: string): Entry | undefined {
  const head = HEAD.exec(json);
  if (head === null || !json.isWellFormed()) return undefined;
  const [all, id, jobId, audience, memberId, customerId, writtenAt, arrivedAt = null, kind] = head;
  const rest = readRest(kind, json.slice(all.length));
  if (rest === undefined) return undefined;
  const author =
    memberId === undefined ? { kind: 'customer', customerId } : { kind: 'member', memberId };
  // Each part was looked at by its pattern, which the compiler cannot know.
  return { id, jobId, audience, author, writtenAt, arrivedAt, ...rest } as unknown as Entry;
}

function readRest(kind: string | undefined, json: string): object | undefined {
  switch (kind) {
    case 'reply':
      return readReply(json);
    case 'file': {
      const attachmentIds = readIds(FILE.exec(json)?.[1]);
      return attachmentIds && { kind, attachmentIds };
    }
    case 'status_change':
      return readStatusChange(json);
    case 'form_save': {
      const changes = readChanges(FORM_SAVE.exec(json)?.[1]);
      return changes && { kind, changes };
    }
    case 'assignment': {
      const found = ASSIGNMENT.exec(json);
      return found === null
        ? undefined
        : { kind, fromMemberId: found[1] ?? null, toMemberId: found[2] ?? null };
    }
    default:
      return undefined;
  }
}

function readReply(json: string): object | undefined {
  const [, text, ids] = REPLY.exec(json) ?? [];
  const attachmentIds = readIds(ids);
  if (text === undefined || text.length > MAX_TEXT_LENGTH || attachmentIds === undefined)
    return undefined;
  return { kind: 'reply', text: unescaped(text), attachmentIds };
}

function readStatusChange(json: string): object | undefined {
  const [, fromStageId = null, from, toStageId, to] = STATUS_CHANGE.exec(json) ?? [];
  const fromName = from === undefined ? null : unescaped(from);
  const toName = to === undefined ? '' : unescaped(to);
  if (toStageId === undefined || !isName(toName) || (fromName !== null && !isName(fromName)))
    return undefined;
  return { kind: 'status_change', fromStageId, fromName, toStageId, toName };
}

function readIds(json: string | undefined): string[] | undefined {
  if (json === undefined) return undefined;
  const ids = json === '[]' ? [] : (JSON.parse(json) as string[]);
  return ids.length > MOST_ATTACHMENTS ? undefined : ids;
}

function readChanges(json: string | undefined): object[] | undefined {
  if (json === undefined || json.length > MAX_TEXT_LENGTH) return undefined;
  const changes = JSON.parse(json) as { readonly label: string }[];
  const areFine = changes.length <= MOST_CHANGES && changes.every(({ label }) => isName(label));
  return areFine ? changes : undefined;
}

function unescaped(string: string): string {
  return string.includes('\\') ? (JSON.parse(`"${string}"`) as string) : string;
}

function isName(value: string): boolean {
  return value.length <= MAX_NAME_LENGTH && value.trim() !== '';
}
