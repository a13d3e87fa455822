// The feed as the job page shows it: what stands in the mirror, and at its end what the server did not take. (B1, B5)

import type { CustomerId, EntryId } from '../../../sync-server/protocol/ids.ts';
import type { Attachment, Entry } from '../../../sync-server/protocol/entries.ts';
import { isCalledAnew } from '../mirror/bell.ts';
import type { ReadableMirror } from '../mirror/database.ts';
import {
  attachmentsOf,
  countEntries,
  feedOf,
  firstUnreadId,
  type PlacedEntry,
} from '../mirror/entries.ts';
import { unreadRefusals } from '../mirror/mails.ts';
import { authorNameById, customerName, nameOf } from '../mirror/people.ts';
import { type Reader, readThrough } from '../mirror/reading.ts';
import { authorId } from '../mirror/records.ts';
import { hasWords, searchable } from '../mirror/searchable.ts';
import { waitsForLook } from '../outbox/look.ts';
import { mutationsOfJob, type OutboxMutation } from '../outbox/outbox.ts';
import { postArgs } from './post-args.ts';
import type { Feed, FeedArgs, FeedFilters, FeedItem } from './jobs-contract.ts';
import { type DeliveryGround, deliveryGround, deliveryOf } from './delivery.ts';
import { type Edits, editBasisFor, editsOf } from './feed-edits.ts';
import { toFeedAttachment, undoneOf } from './feed-attachment.ts';

/** What all entries of a job's feed hang on, looked up once. */
export interface FeedGround {
  readonly jobId: string;
  readonly mutations: readonly OutboxMutation[];
  readonly mutationOfEntry: ReadonlyMap<string | undefined, OutboxMutation['id']>;
  readonly lookedAtLater: ReadonlySet<string | undefined>;
  readonly edits: Edits;
  readonly delivery: DeliveryGround;
}

export function feedGround(mirror: ReadableMirror, jobId: string): FeedGround {
  const mutations = mutationsOfJob(mirror, jobId);
  const inLine = mutations.filter(({ state }) => state !== 'parked');
  return {
    jobId,
    mutations,
    mutationOfEntry: new Map(inLine.map((mutation) => [entryIdOf(mutation), mutation.id])),
    edits: editsOf(mutations),
    lookedAtLater: new Set(mutations.filter(waitsForLook(mirror)).map(entryIdOf)),
    delivery: deliveryGround(mirror, jobId),
  };
}

export function feed(mirror: ReadableMirror, reader: Reader, args: FeedArgs): Feed {
  const { jobId, filters, limit } = args;
  const { entries, total } = feedOf(mirror, jobId, filters, limit);
  const ground = feedGround(mirror, jobId);
  const standing = standingItems(mirror, reader, ground, entries);
  const parked = parkedItems(mirror, reader, ground).filter((item) => passes(item.entry, filters));
  const counts = countEntries(mirror, jobId);
  return {
    items: [...standing, ...parked],
    total: total + parked.length,
    counts: { all: counts.all, kinds: counts.kinds, audiences: counts.audiences },
    authors: counts.authors.map(({ id, isCustomer, count }) => ({
      id,
      isCustomer,
      count,
      name: authorNameById(mirror, id, isCustomer),
    })),
    firstUnreadId: firstUnreadId(
      mirror,
      reader,
      jobId,
      readThrough(mirror, reader, jobId),
    ) as EntryId | null,
    hasEditNews: isCalledAnew(mirror, reader, jobId),
    hasRefusalNews: unreadRefusals(mirror, reader, { jobId, limit: 1 }).length > 0,
  };
}

const PARKED_POSTS: ReadonlySet<string> = new Set(['post_entry', 'schedule_reply']);

/** Entries with all that is shown of them. */
export function standingItems(
  mirror: ReadableMirror,
  reader: Reader,
  { mutationOfEntry, lookedAtLater, edits, delivery }: FeedGround,
  entries: readonly PlacedEntry[],
): FeedItem[] {
  const files = attachmentsOf(
    mirror,
    entries.map(({ entry }) => entry.id),
  );
  return entries.map(({ entry, position, isPending }): FeedItem => {
    const own = inEntryOrder(
      entry,
      files.filter((file) => file.entryId === entry.id),
    );
    const pending = lookedAtLater.has(entry.id) ? 'waits-for-look' : 'waiting';
    return {
      entry,
      authorName: nameOf(mirror, entry.author),
      mine: authorId(entry) === reader.memberId,
      attachments: own.map((file) => toFeedAttachment(mirror, reader, file)),
      undone: undoneOf(mirror, reader, entry),
      state: isPending ? pending : 'confirmed',
      mutationId: isPending ? (mutationOfEntry.get(entry.id) ?? null) : null,
      customerNames: customerNamesIn(mirror, entry),
      delivery: deliveryOf(delivery, { entry, position, files: own }),
      editBasis: edits.isUnsent(entry.id) ? null : editBasisFor(reader, entry),
      parkedEditId: edits.parkedOn(entry.id),
    };
  });
}

/** Posts the server did not take: they stand at the end of the feed. [P3] */
export function parkedItems(
  mirror: ReadableMirror,
  reader: Reader,
  { mutations }: FeedGround,
): FeedItem[] {
  return mutations
    .filter(({ state, name }) => state === 'parked' && PARKED_POSTS.has(name))
    .map((mutation) => parkedItem(mirror, reader, mutation));
}

/** The server's word stands on the outbox row; what the person wrote stands here until they decide. [P3] */
function parkedItem(mirror: ReadableMirror, reader: Reader, mutation: OutboxMutation): FeedItem {
  const args = postArgs(mutation);
  const author = { kind: 'member', memberId: reader.memberId as never } as const;
  const head = {
    id: args.entryId,
    jobId: args.jobId,
    audience: args.audience,
    author,
    writtenAt: mutation.writtenAt,
    arrivedAt: null,
  };
  const attachmentIds = args.attachments.map((file) => file.attachmentId);
  const entry: Entry =
    args.text.trim() === ''
      ? { ...head, kind: 'file', attachmentIds }
      : { ...head, kind: 'reply', text: args.text, attachmentIds };
  const attachments = args.attachments.map(({ attachmentId, ...file }) =>
    toFeedAttachment(mirror, reader, {
      ...file,
      id: attachmentId,
      jobId: args.jobId,
      entryId: args.entryId,
      author,
    }),
  );
  return {
    entry,
    authorName: nameOf(mirror, author),
    mine: true,
    attachments,
    undone: null,
    state: 'parked',
    mutationId: mutation.id,
    customerNames: {},
    delivery: null,
    editBasis: null,
    parkedEditId: null,
  };
}

function customerNamesIn(mirror: ReadableMirror, entry: Entry): Readonly<Record<string, string>> {
  return Object.fromEntries(customersIn(entry).map((id) => [id, customerName(mirror, id)]));
}

function customersIn(entry: Entry): readonly CustomerId[] {
  if (entry.kind === 'job_change' && entry.change.kind === 'customer')
    return [entry.change.fromCustomerId, entry.change.toCustomerId];
  if (entry.kind === 'unapplied' && entry.wish.kind === 'customer')
    return [entry.wish.wantedCustomerId, entry.wish.standsCustomerId];
  return [];
}

/** As they were chosen, which is how the customer has them too: ids are random. */
function inEntryOrder(entry: Entry, files: readonly Attachment[]): readonly Attachment[] {
  const order: readonly string[] = 'attachmentIds' in entry ? entry.attachmentIds : [];
  return files.toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
}

function entryIdOf(mutation: OutboxMutation): string | undefined {
  return (mutation.args as { entryId?: string }).entryId;
}

function hasFiles({ kinds }: FeedFilters, entry: Entry): boolean {
  return kinds.includes('file') && entry.kind === 'reply' && entry.attachmentIds.length > 0;
}

function passes(entry: Entry, filters: FeedFilters): boolean {
  const text = entry.kind === 'reply' ? searchable(entry.text) : '';
  return (
    (filters.kinds.length === 0 ||
      filters.kinds.includes(entry.kind) ||
      hasFiles(filters, entry)) &&
    (filters.authorIds.length === 0 || filters.authorIds.includes(authorId(entry))) &&
    (filters.audiences.length === 0 || filters.audiences.includes(entry.audience)) &&
    hasWords(text, filters.search)
  );
}
