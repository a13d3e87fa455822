// What in a customer reply may not have been meant for the customer. (C9, C6)

import type {
  Attachment,
  EarlierText,
  WrittenEntry,
} from '../../../sync-server/protocol/entries.ts';
import type { BlobId, CustomerId, JobId } from '../../../sync-server/protocol/ids.ts';
import type { Leak } from '../api/leaks-contract.ts';
import type { ReadableMirror } from './database.ts';
import { findRecord } from './records.ts';
import { wholeWords } from './searchable.ts';

export interface Reply {
  readonly jobId: JobId;
  readonly text: string;
  readonly blobIds: readonly BlobId[];
}

/** As many words one after the other are no chance any more: "as soon as the parts are here". */
const QUOTED_WORDS = 6;
/** A name of one word is told only where it is long enough not to be an everyday one. */
const LEAST_NAME_LETTERS = 6;
/** More is not read by anybody. */
const MOST_OF_A_KIND = 5;

export function findLeaks(mirror: ReadableMirror, reply: Reply): Leak[] {
  const known = knownToCustomer(mirror, reply.jobId);
  return [
    ...quotedNotes(mirror, reply, known),
    ...internalFiles(mirror, reply),
    ...otherCustomers(mirror, reply, known),
    ...unfilledVariables(reply),
  ];
}

/** What the customer has read on this job, or written: it can be said again. As `searchable` has it. */
function knownToCustomer(mirror: ReadableMirror, jobId: JobId): string {
  const job = findRecord(mirror, 'job', jobId);
  const customer = job && findRecord(mirror, 'customer', job.customerId);
  const seen = mirror.all<EntryWords>(
    `SELECT search, ${EARLIER} FROM entry WHERE job_id = @jobId AND audience = 'visible'`,
    { jobId },
  );
  return [
    ...seen.flatMap((entry) => textsOf(entry, isKnown).map(wholeWords)),
    wholeWords(job?.title ?? ''),
    wholeWords(customer?.name ?? ''),
  ].join(' | ');
}

/** What an entry says, and what it said before its author edited it. (C10) */
interface EntryWords {
  readonly search: string;
  /** JSON; null where it was never edited. */
  readonly earlier: string | null;
}

const EARLIER = `data -> '$.earlier' AS earlier`;

function textsOf(
  { search, earlier }: EntryWords,
  isMeant: (text: EarlierText) => boolean = () => true,
): string[] {
  if (earlier === null) return [search];
  const before = (JSON.parse(earlier) as EarlierText[]).filter(isMeant);
  return [search, ...before.map(({ text }) => text)];
}

const isKnown = ({ customerSeenAt, mailedAt }: EarlierText): boolean =>
  customerSeenAt !== undefined || mailedAt !== undefined;

function quotedNotes(mirror: ReadableMirror, { jobId, text }: Reply, known: string): Leak[] {
  const said = wholeWords(text);
  const notes = mirror.all<EntryWords & { data: string }>(
    `SELECT data, search, ${EARLIER} FROM entry WHERE job_id = @jobId AND audience = 'internal' AND kind = 'reply'
     ORDER BY position DESC`,
    { jobId },
  );
  const runs = runsOf(said);
  const leaks: Leak[] = [];
  for (const entry of notes) {
    const quotes = textsOf(entry).map((text) =>
      longestQuote(wholeWords(text), { said, runs, known }),
    );
    const at = quotes.findIndex((words) => words !== undefined);
    const words = quotes[at];
    if (words === undefined) continue;
    const note = JSON.parse(entry.data) as WrittenEntry;
    const text = at === 0 ? note.text : (note.earlier?.[at - 1]?.text ?? '');
    leaks.push({ kind: 'note', entryId: note.id, words: asWritten(text, words) });
    if (leaks.length === MOST_OF_A_KIND) break;
  }
  return leaks;
}

/** Every so many words that stand one after the other. */
function runsOf(text: string): ReadonlySet<string> {
  const words = text.trim().split(' ');
  return new Set(words.map((_, from) => words.slice(from, from + QUOTED_WORDS).join(' ')));
}

/** The most words of a note, one after the other, that a reply says and its customer does not know. */
function longestQuote(
  note: string,
  { said, runs, known }: { said: string; runs: ReadonlySet<string>; known: string },
): string | undefined {
  const words = note.trim().split(' ');
  let best = '';
  let from = 0;
  while (from + QUOTED_WORDS <= words.length) {
    let to = from + QUOTED_WORDS;
    if (!runs.has(words.slice(from, to).join(' '))) {
      from += 1;
      continue;
    }
    while (to < words.length && said.includes(` ${words.slice(from, to + 1).join(' ')} `)) to += 1;
    const quote = words.slice(from, to).join(' ');
    if (quote.length > best.length && !known.includes(` ${quote} `)) best = quote;
    from = to;
  }
  return best === '' ? undefined : best;
}

/** The place in a text where these words stand one after the other, with its own letters and signs. */
function asWritten(text: string, words: string): string {
  const places = [...text.matchAll(/\S+/g)].flatMap(({ 0: piece, index }) =>
    wholeWords(piece)
      .trim()
      .split(' ')
      .filter((word) => word !== '')
      .map((word) => ({ word, from: index, to: index + piece.length })),
  );
  const wanted = words.split(' ');
  const first = places.findIndex((_, at) =>
    wanted.every((word, offset) => places[at + offset]?.word === word),
  );
  return text.slice(places[first]?.from, places[first + wanted.length - 1]?.to);
}

/** A file that the customer of this job has already is no news to them, whatever it is elsewhere. */
function internalFiles(mirror: ReadableMirror, { jobId, blobIds }: Reply): Leak[] {
  return blobIds.flatMap((blobId): Leak[] => {
    const posted = mirror
      .all<{ data: string }>(
        'SELECT data FROM attachment WHERE blob_id = @blobId ORDER BY position',
        {
          blobId,
        },
      )
      .map(({ data }) => JSON.parse(data) as Attachment)
      .filter(({ withdrawn, redacted }) => withdrawn === undefined && redacted === undefined);
    if (posted.some((file) => file.jobId === jobId && file.audience === 'visible')) return [];
    const internal = posted.filter(({ audience }) => audience === 'internal');
    const one = internal.find((file) => file.jobId === jobId) ?? internal[0];
    if (one === undefined) return [];
    const jobTitle = findRecord(mirror, 'job', one.jobId)?.title ?? '';
    return [{ kind: 'file', blobId, name: one.name, jobTitle, isOtherJob: one.jobId !== jobId }];
  });
}

function otherCustomers(mirror: ReadableMirror, { jobId, text }: Reply, known: string): Leak[] {
  const ofJob = findRecord(mirror, 'job', jobId)?.customerId ?? '';
  const said = wholeWords(text);
  const isNamed = ({ name }: { readonly name: string }) => {
    const words = wholeWords(name);
    const isName = words.trim().includes(' ') || words.trim().length >= LEAST_NAME_LETTERS;
    return isName && said.includes(words) && !known.includes(words);
  };
  return mirror
    .all<{ id: CustomerId; name: string }>(
      'SELECT id, name FROM customer WHERE id <> @ofJob ORDER BY length(name) DESC',
      { ofJob },
    )
    .filter(isNamed)
    .slice(0, MOST_OF_A_KIND)
    .map(({ id, name }) => ({ kind: 'customer', customerId: id, name }));
}

/** A word in braces on one line, as canned replies have them; what the window could not fill in says so there as well. (C6) */
const IN_BRACES = /\{ *\p{L}[^{}\n]{0,60}\}/gu;

function unfilledVariables({ text }: Reply): Leak[] {
  const found = new Set(text.match(IN_BRACES));
  return [...found].slice(0, MOST_OF_A_KIND).map((words) => ({ kind: 'unfilled', words }));
}
