import type { MutationArgs } from '../mutations.ts';
import type { Mutator } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import type { Attachment } from '../entries.ts';
import { hasMovedOn } from './entry-parts.ts';
import { fileAt, fileChanged } from './file-parts.ts';

type Args = MutationArgs<'change_file_audience'>;

/**
 * Gives a posted file another audience and logs it. Making it visible is checked like a reply: what a person confirmed is
 * this file under this name, on a job they had seen as it stands. (C2, D3) [P6]
 */
export const changeFileAudience: Mutator<Args> = function* (args, context) {
  const found = yield* fileAt(args, 'changed');
  if ('kind' in found) return found;
  const { file, job } = found;
  if (file.withdrawn !== undefined)
    return refused('file-missing', `“${file.name}” was withdrawn, so it was not changed.`);
  if (file.audience === args.audience) return applied();
  if (args.audience === 'internal') {
    if (file.author.kind === 'customer')
      return refused(
        'not-allowed',
        `The customer sent “${file.name}”, so it stays visible to them.`,
      );
    const after = placed(file, { audience: 'internal' });
    return fileChanged(args, { before: file, after, what: 'made_internal' }, job, context);
  }
  if (file.name !== args.fromName)
    return { kind: 'conflicted', conflict: { kind: 'file', standsName: file.name }, puts: [] };
  if (yield* hasMovedOn(job, args, context)) return { kind: 'held' };
  const after = placed(file, {
    audience: 'visible',
    madeVisibleAt: context.arrivedAt ?? context.writtenAt,
    ...(args.keepsLocation === true ? { keepsLocation: true } : {}),
  });
  return fileChanged(args, { before: file, after, what: 'made_visible' }, job, context);
};

/** Since when, and whether a photo keeps its place, is decided each time it becomes visible, never left from before. (D6) */
function placed(
  { keepsLocation: _place, madeVisibleAt: _since, ...file }: Attachment,
  as: Pick<Attachment, 'audience' | 'keepsLocation' | 'madeVisibleAt'>,
): Attachment {
  return { ...file, ...as };
}
