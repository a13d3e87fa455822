import type { MutationArgs } from '../mutations.ts';
import type { Mutator } from '../mutator.ts';
import { applied } from '../outcome.ts';
import { fileAt, fileChanged } from './file-parts.ts';

/** Renames a file and logs both names. Where a colleague gave it another name meanwhile, a person decides. (H5) */
export const renameFile: Mutator<MutationArgs<'rename_file'>> = function* (args, context) {
  const found = yield* fileAt(args, 'renamed');
  if ('kind' in found) return found;
  const { file, job } = found;
  if (file.name === args.toName) return applied();
  if (file.name !== args.fromName)
    return { kind: 'conflicted', conflict: { kind: 'file', standsName: file.name }, puts: [] };
  const after = { ...file, name: args.toName };
  return fileChanged(args, { before: file, after, what: 'renamed' }, job, context);
};
