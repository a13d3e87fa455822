import type { Entry, Wish } from '../../../sync-server/protocol/entries.ts';
import type { ReadableMirror } from '../mirror/database.ts';
import { customerName, memberName, nameOf } from '../mirror/people.ts';
import { authorId } from '../mirror/records.ts';
import type { EntryPreview } from './jobs-contract.ts';

const SNIPPET_LENGTH = 160;

export function previewOf(mirror: ReadableMirror, entry: Entry, myId: string): EntryPreview {
  return {
    kind: entry.kind,
    audience: entry.audience,
    fromCustomer: entry.author.kind === 'customer',
    authorName: nameOf(mirror, entry.author),
    mine: authorId(entry) === myId,
    snippet: snippetOf(mirror, entry),
  };
}

function snippetOf(mirror: ReadableMirror, entry: Entry): string {
  switch (entry.kind) {
    case 'reply':
      return entry.text.replace(/\s+/g, ' ').trim().slice(0, SNIPPET_LENGTH);
    case 'file':
      return entry.attachmentIds.length === 1 ? '1 file' : `${entry.attachmentIds.length} files`;
    case 'status_change':
      return stageSnippet(entry);
    case 'form_save':
      return entry.changes
        .map(({ label }) => label)
        .join(', ')
        .slice(0, SNIPPET_LENGTH);
    case 'assignment':
      return memberName(mirror, entry.toMemberId);
    case 'job_change':
      return entry.change.kind === 'title'
        ? `${entry.change.from} → ${entry.change.to}`
        : `${customerName(mirror, entry.change.fromCustomerId)} → ${customerName(mirror, entry.change.toCustomerId)}`;
    case 'unapplied':
      return unappliedSnippet(mirror, entry.wish);
    case 'file_change':
      return entry.newName === undefined ? entry.name : `${entry.name} → ${entry.newName}`;
  }
}

function stageSnippet({
  fromName,
  toName,
  pipelines,
}: Extract<Entry, { kind: 'status_change' }>): string {
  if (fromName === null) return `Opened in ${toName}`;
  return pipelines === undefined
    ? `${fromName} → ${toName}`
    : `${pipelines.fromName}: ${fromName} → ${pipelines.toName}: ${toName}`;
}

function unappliedSnippet(mirror: ReadableMirror, wish: Wish): string {
  switch (wish.kind) {
    case 'stage':
      return `${wish.wantedName}; it stayed in ${wish.standsName}`;
    case 'assignee':
      return `${memberName(mirror, wish.wantedMemberId)}; it stayed with ${memberName(mirror, wish.standsMemberId)}`;
    case 'title':
      return `${wish.wanted}; it stayed ${wish.stands}`;
    case 'customer':
      return `${customerName(mirror, wish.wantedCustomerId)}; it stayed with ${customerName(mirror, wish.standsCustomerId)}`;
    case 'form':
      return wish.fields
        .map(({ label }) => label)
        .join(', ')
        .slice(0, SNIPPET_LENGTH);
  }
}
