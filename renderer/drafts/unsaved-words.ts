import { countOf } from '../ui/size-words.ts';
import type { DraftState } from './draft-cell.ts';

/** "2 unsaved changes, kept on this device" (C3) */
export function unsavedWords(count: number, state: DraftState): string {
  const changes = countOf(count, 'unsaved change');
  return state === 'failed'
    ? `${changes} that this device could not keep: save before you leave`
    : `${changes}, kept on this device`;
}
