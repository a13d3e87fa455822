import type { EntryPreview } from '../../electron/core/api/jobs-contract.ts';
import { previewParts } from './preview-words.ts';

/**
 * One line about an entry. Name and words stand apart, each in the direction of its own script: together, an Arabic text behind
 * a Latin name is reordered, and cut at its beginning.
 */
export function PreviewLine({ preview }: { preview: EntryPreview }) {
  const { lead, joint, words } = previewParts(preview);
  return (
    <span className="flex min-w-0 flex-1">
      <span dir="auto" className="max-w-[60%] shrink-0 truncate">
        {lead}
      </span>
      <span className="shrink-0 whitespace-pre">{`${joint} `}</span>
      <span dir="auto" className="min-w-0 flex-1 truncate text-left">
        {words}
      </span>
    </span>
  );
}
