// What a pull was answered with, from bytes to rows that are ready for their tables. The core trusts nothing from the
// server: whatever is not a page of records, each of them whole, is no answer at all.
//
// A server writes each change on a line of its own. Row by row is how a page is read here: of a large one never more than its
// bytes and one row are in memory, and a record is kept as the very text it came as.

import { rowHash } from '../../../sync-server/protocol/digest.ts';
import { readPlainEntry } from '../../../sync-server/protocol/plain-entry.ts';
import {
  type AnyRecord,
  type RecordKind,
  recordSchemas,
} from '../../../sync-server/protocol/records.ts';
import {
  change as changeSchema,
  CHANGES_BEGIN,
  CHANGES_END,
  type PullAnswer,
  pullAnswerHead,
} from '../../../sync-server/protocol/sync.ts';
import { AppError } from '../errors.ts';
import { type ReadyRow, readyRow } from '../mirror/records.ts';

/** A confirmed change as the mirror takes it. */
export type PulledRow =
  | { readonly op: 'put'; readonly hash: number; readonly row: ReadyRow }
  | {
      readonly op: 'delete';
      readonly kind: RecordKind;
      readonly id: string;
      readonly version: number;
    };

export type PulledPage = Omit<Extract<PullAnswer, { kind: 'page' }>, 'changes'> & {
  readonly isEmpty: boolean;
  /** Read as they are asked for. @throws AppError `server-not-understood` at a row that is none of ours */
  readonly rows: Iterable<PulledRow>;
};
export type PulledAnswer = PulledPage | Extract<PullAnswer, { kind: 'reset' }>;

/**
 * @param body as it came: bytes, a text, or what somebody on the way has read of them already
 * @throws AppError `not-a-docket-server` where it is no JSON, `server-not-understood` where it is no answer to a pull
 */
export function readPage(body: unknown): PulledAnswer {
  const bytes =
    body instanceof Uint8Array
      ? Buffer.from(body.buffer, body.byteOffset, body.byteLength)
      : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const begin = bytes.indexOf(CHANGES_BEGIN);
  if (begin < 0 || !bytes.subarray(-CHANGES_END.length).equals(Buffer.from(CHANGES_END)))
    return wholePage(asJson(bytes.toString('utf8')));
  const head = readHead(
    asJson(`${bytes.toString('utf8', 0, begin)}${CHANGES_BEGIN}${CHANGES_END}`),
  );
  if (head.kind === 'reset') return head;
  const rows = bytes.subarray(begin + CHANGES_BEGIN.length, -CHANGES_END.length);
  return {
    ...head,
    isEmpty: rows.length === 0,
    rows: { [Symbol.iterator]: () => readLines(rows) },
  };
}

function wholePage(json: unknown): PulledAnswer {
  const head = readHead(json);
  if (head.kind === 'reset') return head;
  const { changes } = head;
  return {
    ...head,
    isEmpty: changes.length === 0,
    rows: { [Symbol.iterator]: () => Iterator.from(changes).map(readChange) },
  };
}

function readHead(json: unknown) {
  const parsed = pullAnswerHead.safeParse(json);
  if (!parsed.success) throw new AppError('server-not-understood', { cause: parsed.error });
  return parsed.data;
}

/** A captive portal answers 200 with a page of its own; that is not our server talking. */
function asJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new AppError('not-a-docket-server', { cause });
  }
}

const NEW_LINE = 0x0a;

function* readLines(bytes: Buffer): Generator<PulledRow, void> {
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(NEW_LINE, start);
    const end = found < 0 ? bytes.length : found;
    yield readLine(bytes.toString('utf8', start, end), found < 0);
    start = end + 1;
  }
}

/** How a server writes the place of a record; the record follows, and a brace. */
const PLACE =
  /^\{"op":"put","kind":"([a-z_]+)","id":"([^"\\]*)","version":(\d+),"createdVersion":(\d+),"record":/;

function readLine(line: string, isLast: boolean): PulledRow {
  const text = isLast || !line.endsWith(',') ? line : line.slice(0, -1);
  const place = PLACE.exec(text);
  if (place === null || !text.endsWith('}')) return readChange(parseRow(text));
  const [said, kind, id = ''] = place;
  const version = Number(place[3]);
  const position = Number(place[4]);
  if (!isKind(kind) || !isVersion(version) || !isVersion(position))
    return readChange(parseRow(text));
  const data = text.slice(said.length, -1);
  const plain = kind === 'entry' ? readPlainEntry(data) : undefined;
  return put({ kind, id, version, position }, plain ?? asRecord(kind, parseRow(data)), data);
}

function parseRow(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new AppError('server-not-understood', { cause });
  }
}

function readChange(value: unknown): PulledRow {
  const parsed = changeSchema.safeParse(value);
  if (!parsed.success) throw new AppError('server-not-understood', { cause: parsed.error });
  const { id, version } = parsed.data;
  const kind = parsed.data.kind as RecordKind;
  if (parsed.data.op === 'delete') return { op: 'delete', kind, id, version };
  const { record, createdVersion: position } = parsed.data;
  return put({ kind, id, version, position }, asRecord(kind, record), JSON.stringify(record));
}

interface Place {
  readonly kind: RecordKind;
  readonly id: string;
  readonly version: number;
  readonly position: number;
}

/** @param data the text the record was read from */
function put(place: Place, record: AnyRecord, data: string): PulledRow {
  if (record.id !== place.id) throw new AppError('server-not-understood');
  return { op: 'put', hash: rowHash(place), row: readyRow(place.kind, record, data, place) };
}

function asRecord(kind: RecordKind, value: unknown): AnyRecord {
  const parsed = recordSchemas[kind].safeParse(value);
  if (!parsed.success) throw new AppError('server-not-understood', { cause: parsed.error });
  return parsed.data;
}

function isKind(value: string | undefined): value is RecordKind {
  return value !== undefined && Object.hasOwn(recordSchemas, value);
}

function isVersion(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1;
}
