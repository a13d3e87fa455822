import type { EntryPreview } from '../../electron/core/api/jobs-contract.ts';

interface PreviewParts {
  /** Who, or what kind of thing: "Anna", "Status". */
  readonly lead: string;
  /** What joins the two: ":" or " added". */
  readonly joint: string;
  readonly words: string;
}

/** One line about an entry: "Anna: Is Thursday still possible?", "Status: Booked → Ready". */
export function previewWords(preview: EntryPreview): string {
  const { lead, joint, words } = previewParts(preview);
  return `${lead}${joint} ${words}`;
}

export function previewParts(preview: EntryPreview): PreviewParts {
  const who = whoWrote(preview);
  const words = preview.snippet;
  switch (preview.kind) {
    case 'reply':
      return { lead: who, joint: ':', words: words.replaceAll(/\s+/g, ' ') };
    case 'file':
      return { lead: who, joint: ' added', words };
    case 'status_change':
      return { lead: 'Status', joint: ':', words };
    case 'form_save':
      return { lead: 'Form saved', joint: ':', words };
    case 'assignment':
      return { lead: 'Assigned', joint: ' to', words };
    case 'job_change':
      return { lead: 'Corrected', joint: ':', words };
    case 'unapplied':
      return { lead: 'Not applied', joint: ':', words };
    case 'file_change':
      return { lead: who, joint: ' changed', words };
  }
}

/** Colleagues by their first name; a customer may be a company, whose first word says nothing. */
function whoWrote({ mine, fromCustomer, authorName }: EntryPreview): string {
  if (mine) return 'You';
  return fromCustomer ? authorName : (authorName.split(/\s+/)[0] ?? authorName);
}
