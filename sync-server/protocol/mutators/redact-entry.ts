import type { MutationArgs } from '../mutations.ts';
import { type Mutator, read } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import type { Entry } from '../entries.ts';
import { isAdmin, undoingBy } from './file-parts.ts';
import { withdrawnFiles } from './withdrawn-files.ts';

/** Removes what an entry says for good; that there was one stays. Its files are withdrawn. Admins alone. (C10) */
export const redactEntry: Mutator<MutationArgs<'redact_entry'>> = function* (args, context) {
  const { actor } = context;
  if (!isAdmin(actor))
    return refused('not-allowed', 'Only an admin can remove a text for good. Ask one of them.');
  const job = yield* read('job', args.jobId);
  const entry = yield* read('entry', args.entryId);
  if (job === undefined || entry?.jobId !== job.id)
    return refused('entry-missing', 'This entry is no longer there, so nothing was removed.');
  if (entry.redacted !== undefined) return applied();
  const emptied = withoutWords(entry);
  if (emptied === undefined)
    return refused('not-allowed', 'There is no text in this entry that could be removed.');
  const isSeen = entry.audience === 'visible' && entry.withdrawn === undefined;
  const visibleSince = isSeen ? entry.arrivedAt : null;
  const redacted = yield* undoingBy(actor.memberId, { job, visibleSince }, context);
  return applied(
    { kind: 'entry', record: { ...emptied, redacted } },
    ...(yield* withdrawnFiles(entry, { memberId: actor.memberId, job }, context)),
  );
};

/** Undefined where nobody wrote anything. */
function withoutWords(entry: Entry): Entry | undefined {
  switch (entry.kind) {
    case 'reply': {
      // What it said before goes with it; that it was edited says nothing any more. (C10)
      const { earlier: _earlier, ...rest } = entry;
      return { ...rest, text: '' };
    }
    case 'form_save':
      return {
        ...entry,
        changes: entry.changes.map((change) => ({ ...change, from: null, to: null })),
      };
    case 'job_change':
      return entry.change.kind === 'title'
        ? { ...entry, change: { kind: 'title', from: '', to: '' } }
        : undefined;
    case 'file':
    case 'status_change':
    case 'assignment':
    case 'unapplied':
    case 'file_change':
      return undefined;
  }
}
