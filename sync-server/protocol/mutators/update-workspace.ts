import type { MutationArgs } from '../mutations.ts';
import { read, type Mutator } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import { mergeFields } from './merge-fields.ts';
import { unlessAdmin } from './pipeline-parts.ts';

const words = {
  name: { label: 'Name', say: String },
  hue: { label: 'Colour', say: (hue: unknown) => (typeof hue === 'string' ? hue : 'none') },
  logoBlobId: { label: 'Logo', say: (logo: unknown) => (logo === null ? 'none' : 'another one') },
} as const;

/** How the office looks to its customers. (E1) */
export const updateWorkspace: Mutator<MutationArgs<'update_workspace'>> = function* (
  { workspaceId, changes },
  context,
) {
  const no = unlessAdmin(context, 'change how the office looks');
  if (no !== undefined) return no;
  const workspace = yield* read('workspace', workspaceId);
  if (workspace === undefined) return refused('not-allowed', 'This office is not there.');
  const merged = mergeFields(workspace, changes, words);
  if (merged.kind === 'clash') return { kind: 'conflicted', conflict: merged.conflict, puts: [] };
  if (merged.changed.length === 0) return applied();
  const record = { ...merged.record, name: merged.record.name.trim() };
  return applied({ kind: 'workspace', record });
};
