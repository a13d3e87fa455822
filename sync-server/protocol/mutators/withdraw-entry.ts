import type { MutationArgs } from '../mutations.ts';
import { type Mutator, read } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import { isAuthor, undoingBy } from './file-parts.ts';
import { withdrawnFiles } from './withdrawn-files.ts';

/** Takes an own note or reply back, with its files: the customer no longer reads it, the team does. (C10) */
export const withdrawEntry: Mutator<MutationArgs<'withdraw_entry'>> = function* (args, context) {
  const job = yield* read('job', args.jobId);
  const entry = yield* read('entry', args.entryId);
  if (job === undefined || entry?.jobId !== job.id)
    return refused('entry-missing', 'This entry is no longer there, so it was not withdrawn.');
  const { actor } = context;
  if (actor.kind !== 'member' || !isAuthor(actor, entry.author))
    return refused('not-allowed', 'Only who wrote an entry can withdraw it.');
  if (entry.kind !== 'reply' && entry.kind !== 'file')
    return refused('not-allowed', 'Only a note, a reply or files can be withdrawn.');
  if (entry.redacted !== undefined)
    return refused('entry-missing', 'This was removed for good already, so it was not withdrawn.');
  if (entry.withdrawn !== undefined) return applied();
  const visibleSince = entry.audience === 'visible' ? entry.arrivedAt : null;
  const withdrawn = yield* undoingBy(actor.memberId, { job, visibleSince }, context);
  return applied(
    { kind: 'entry', record: { ...entry, withdrawn } },
    ...(yield* withdrawnFiles(entry, { memberId: actor.memberId, job }, context)),
  );
};
