import type { MutationArgs } from '../mutations.ts';
import { type Mutator, read } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import {
  fileAt,
  fileChanged,
  fileVisibleSince,
  isAdmin,
  isAuthor,
  undoingBy,
} from './file-parts.ts';

/** Takes a file back: the customer no longer gets it, the team does. Its author and admins may. (C10) */
export const withdrawFile: Mutator<MutationArgs<'withdraw_file'>> = function* (args, context) {
  const found = yield* fileAt(args, 'withdrawn');
  if ('kind' in found) return found;
  const { file, job } = found;
  const { actor } = context;
  if (actor.kind !== 'member' || !(isAdmin(actor) || isAuthor(actor, file.author)))
    return refused(
      'not-allowed',
      `Only who added “${file.name}”, or an admin, can withdraw it. Ask one of them.`,
    );
  if (file.withdrawn !== undefined) return applied();
  const visibleSince = fileVisibleSince(file, yield* read('entry', file.entryId));
  const withdrawn = yield* undoingBy(actor.memberId, { job, visibleSince }, context);
  const after = { ...file, withdrawn };
  return fileChanged(args, { before: file, after, what: 'withdrawn' }, job, context);
};
