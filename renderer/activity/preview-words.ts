import type { EntryPreview } from '../../electron/core/api/jobs-contract.ts';

/** One line about an entry: "Anna: Is Thursday still possible?", "Status: Booked → Ready". */
export function previewWords(preview: EntryPreview): string {
  const who = whoWrote(preview);
  switch (preview.kind) {
    case 'reply':
      return `${who}: ${preview.snippet.replaceAll(/\s+/g, ' ')}`;
    case 'file':
      return `${who} added ${preview.snippet}`;
    case 'status_change':
      return `Status: ${preview.snippet}`;
    case 'form_save':
      return `Form saved: ${preview.snippet}`;
    case 'assignment':
      return `Assigned: ${preview.snippet}`;
    case 'unapplied':
      return `Not applied: ${preview.snippet}`;
    case 'file_change':
      return `${who} changed ${preview.snippet}`;
  }
}

/** Colleagues by their first name; a customer may be a company, whose first word says nothing. */
function whoWrote({ mine, fromCustomer, authorName }: EntryPreview): string {
  if (mine) return 'You';
  return fromCustomer ? authorName : (authorName.split(/\s+/)[0] ?? authorName);
}
