// What comes later for a record that was deleted: refused with a sentence that says so, and never the record's return. [O2]

import type { Actor } from '../protocol/mutator.ts';
import type { MutationArgs } from '../protocol/mutations.ts';
import type { NamedMutation } from '../protocol/mutators.ts';
import { type Outcome, refused } from '../protocol/outcome.ts';
import type { RecordKey, RecordKind } from '../protocol/records.ts';
import type { StorageTransaction } from './storage.ts';

/** Ids as any mutation's arguments may carry them; nobody has checked them yet. */
const NAMED = {
  customerId: 'customer',
  jobId: 'job',
  entryId: 'entry',
  attachmentId: 'attachment',
  linkId: 'portal_link',
  cannedReplyId: 'canned_reply',
} as const satisfies Record<string, RecordKind>;

/** The outcome, unless the mutation names a record that was deleted, or would put one back. */
export async function unlessDeleted(
  transaction: StorageTransaction,
  { name, args, actor }: NamedMutation & { readonly actor: Actor },
  outcome: Outcome,
): Promise<Outcome> {
  const suspects =
    outcome.kind === 'refused'
      ? keysIn(args)
      : 'puts' in outcome
        ? outcome.puts.map(({ kind, record }): RecordKey => ({ kind, id: record.id }))
        : [];
  for (const key of suspects) {
    const deletion = await transaction.deletionOf(key);
    if (deletion === undefined) continue;
    // What was one member's own was never there for anybody else. [V2, V3]
    const isTheirs = actor.kind === 'member' && actor.memberId === deletion.ownerId;
    if (deletion.ownerId !== null && !isTheirs)
      return outcome.kind === 'refused'
        ? outcome
        : refused('already-exists', 'A canned reply with this id is already there.');
    // To a customer what is gone was never there. [V2]
    if (actor.kind === 'customer')
      return outcome.kind === 'refused'
        ? outcome
        : refused('job-missing', 'This job is not available any more.');
    const member = await transaction.find({ kind: 'member', id: deletion.by });
    const who = member !== undefined && 'role' in member ? member.name : 'an admin';
    if (key.kind === 'pipeline')
      return refused('pipeline-missing', `This pipeline was removed by ${who}. Make a new one.`);
    if (key.kind === 'canned_reply')
      return refused('canned-reply-missing', sentenceForCanned(name, who, isTheirs));
    return refused('customer-deleted', sentenceFor(name, args, who));
  }
  return outcome;
}

/** Whom or what an answer is about that may quote them; undefined where the arguments do not say. */
export function aboutOf(args: unknown): string | undefined {
  const keys = keysIn(args);
  const about =
    keys.find(({ kind }) => kind === 'customer') ?? keys.find(({ kind }) => kind === 'job');
  return about?.id;
}

function sentenceFor(name: string, args: unknown, who: string): string {
  const { text, attachments } = args as Partial<MutationArgs<'post_entry'>>;
  const isPost = ['post_entry', 'edit_entry', 'schedule_reply'].includes(name);
  if (isPost && text !== undefined && text.trim() !== '')
    return `The customer was deleted by ${who}. Your text is kept here: copy or discard it.`;
  if (isPost && attachments !== undefined)
    return `The customer was deleted by ${who}. Your files are kept here: save a copy or discard them.`;
  return `The customer was deleted by ${who}, so nothing was changed. Discard this.`;
}

/** Sharing one, or making it personal, takes it away under its old id. */
function sentenceForCanned(name: string, who: string, wasOwn: boolean): string {
  const since = wasOwn ? 'is shared by now' : 'is shared no longer';
  const gone = `This canned reply was deleted by ${who}, or ${since}`;
  return name === 'move_canned_reply'
    ? `${gone}, so nothing was changed.`
    : `${gone}, so nothing was saved. Your words are kept here: copy or discard them.`;
}

/** The records these arguments name. */
export function keysIn(args: unknown): readonly RecordKey[] {
  if (typeof args !== 'object' || args === null) return [];
  const said = args as Readonly<Record<string, unknown>>;
  return Object.entries(NAMED).flatMap(([field, kind]) => {
    const id = said[field];
    return typeof id === 'string' && id.length <= MAX_ID_LENGTH ? [{ kind, id }] : [];
  });
}

const MAX_ID_LENGTH = 100;
