import { basisOf, isTextSeen } from '../edits.ts';
import { type EarlierText, MOST_EDITS, type WrittenEntry } from '../entries.ts';
import type { MutationArgs } from '../mutations.ts';
import {
  type Answer,
  type Ask,
  mailAbout,
  type MutationContext,
  type Mutator,
  read,
} from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import { type Job, portalVisitId } from '../records.ts';
import { isAuthor } from './file-parts.ts';

/** All earlier texts of an entry together: every device has them. */
const MOST_EARLIER_LETTERS = 200_000;

/**
 * Puts another text in place of an own one, in a note or a reply that stands. What stood is kept for the team, with whether the
 * customer had read it or been mailed it, which nobody could tell afterwards. It is no news: nothing rings, moves or is mailed
 * for it, and it is not held, since what it corrects is there already. (C10)
 */
export const editEntry: Mutator<MutationArgs<'edit_entry'>> = function* (args, context) {
  const job = yield* read('job', args.jobId);
  const entry = yield* read('entry', args.entryId);
  if (job === undefined || entry?.jobId !== job.id)
    return refused('entry-missing', 'This entry is no longer there, so it was not edited.');
  if (!isAuthor(context.actor, entry.author))
    return refused('not-allowed', 'Only who wrote an entry can edit it.');
  if (entry.kind !== 'reply')
    return refused('not-allowed', 'Only the text of a note or a reply can be edited.');
  if (entry.redacted !== undefined)
    return refused('entry-missing', 'This was removed for good, so it was not edited.');
  if (entry.withdrawn !== undefined)
    return refused('not-allowed', 'This was withdrawn, so it was not edited. Write a new one.');
  const text = args.text.trim() === '' ? '' : args.text;
  if (text === entry.text) return applied();
  if (text === '' && !(yield* hasFileLeft(entry)))
    return refused('nothing-to-post', 'Nothing would be left of this. Withdraw it instead.');
  if (basisOf(entry.text) !== args.basedOn)
    return { kind: 'conflicted', conflict: { kind: 'text' }, puts: [] };
  const { earlier = [] } = entry;
  if (earlier.length >= MOST_EDITS || lettersOf(earlier) + entry.text.length > MOST_EARLIER_LETTERS)
    return refused(
      'value-not-valid',
      'This was edited so often that no more earlier texts can be kept. Write a new one.',
    );
  const replaced = yield* replacedText(entry, job, context);
  return applied({ kind: 'entry', record: { ...entry, text, earlier: [...earlier, replaced] } });
};

/** Whoever could read the text can still read one of its files. */
function* hasFileLeft(entry: WrittenEntry): Generator<Ask, boolean, Answer> {
  for (const id of entry.attachmentIds) {
    const file = yield* read('attachment', id);
    if (file === undefined || file.withdrawn !== undefined || file.redacted !== undefined) continue;
    if (entry.audience === 'internal' || file.audience === 'visible') return true;
  }
  return false;
}

function* replacedText(
  entry: WrittenEntry,
  job: Job,
  context: MutationContext,
): Generator<Ask, EarlierText, Answer> {
  const replaced: EarlierText = {
    text: entry.text,
    until: context.arrivedAt ?? context.writtenAt,
    untilVersion: null,
  };
  const since = entry.earlier?.at(-1)?.until ?? entry.arrivedAt;
  if (entry.audience === 'internal' || since === null) return replaced;
  const visit = yield* read('portal_visit', portalVisitId(job.customerId, job.id));
  const hadSeen = visit !== undefined && isTextSeen(entry, visit);
  const mail = yield* mailAbout({ jobId: job.id, entryId: entry.id, since });
  return {
    ...replaced,
    ...(hadSeen && { customerSeenAt: visit.seenAt }),
    ...(mail !== undefined && { mailedAt: mail.at }),
  };
}

function lettersOf(earlier: readonly EarlierText[]): number {
  return earlier.reduce((sum, { text }) => sum + text.length, 0);
}
