// What a copy of a job would hold and who may have it, in words. (G4)

import type { CopyOutlook, ExportCopy } from '../../electron/core/api/exports-contract.ts';
import { countOf } from '../ui/size-words.ts';

/** "18 entries and 4 files" */
export function heldWords({ entries, files }: CopyOutlook): string {
  return `${countOf(entries, 'entry', 'entries')} and ${countOf(files, 'file')}`;
}

export const COPY_WORDS = {
  customer: 'Customer copy',
  full: 'Full copy',
} as const satisfies Record<ExportCopy, string>;

export const EXPORT_WORDS = {
  customer: 'Export customer copy',
  full: 'Export full copy',
} as const satisfies Record<ExportCopy, string>;

/** What is on this device alone: in the one copy marked, in the other left out, since it is in no portal yet. */
export function waitingWords(copy: ExportCopy, waiting: number): string | null {
  if (waiting === 0) return null;
  const isOne = waiting === 1;
  const things = `${countOf(waiting, 'thing')} on this device ${isOne ? 'is' : 'are'} not with the server yet`;
  return copy === 'full'
    ? `${things}. ${isOne ? 'It is' : 'They are'} in the copy, marked “not sent yet”.`
    : `${things}, so the customer cannot read ${isOne ? 'it' : 'them'}: ${isOne ? 'it is' : 'they are'} not in this copy.`;
}

export function elsewhereWords(filesElsewhere: number): string | null {
  if (filesElsewhere === 0) return null;
  const isOne = filesElsewhere === 1;
  return `${countOf(filesElsewhere, 'file')} ${isOne ? 'is' : 'are'} not on this device. ${isOne ? 'It is' : 'They are'} fetched if the server can be reached, and named as missing if not.`;
}
