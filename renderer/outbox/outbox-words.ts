import type { News, OutboxItem, OutboxState } from '../../electron/core/api/contract.ts';
import { clockTime } from '../ui/time-words.ts';

/** Parked: refused, conflicted or held; it waits for a person and blocks nothing but what depends on it. (H4) */
export function isParked({ kind }: OutboxState): boolean {
  return kind === 'refused' || kind === 'conflicted' || kind === 'held';
}

/** A note or a reply: something a person wrote and can go on writing. */
export function isPost(item: OutboxItem): boolean {
  return item.text !== '' || item.fileNames.length > 0;
}

/** Why an item waits for a person: what happened, to what. Null where nothing is asked. */
export function reasonOf({ state }: OutboxItem): string | null {
  switch (state.kind) {
    case 'waiting':
    case 'sending':
    case 'accepted':
      return null;
    case 'refused':
      return state.refusal.sentence;
    case 'held':
      return newsWords(state.news);
    case 'conflicted':
      return conflictWords(state.conflict);
  }
}

function conflictWords(
  conflict: Extract<OutboxState, { readonly kind: 'conflicted' }>['conflict'],
): string {
  switch (conflict.kind) {
    case 'stage':
      return `A colleague moved this job to “${conflict.standsName}” meanwhile.`;
    case 'assignee':
      return `A colleague assigned this job to ${conflict.standsName} meanwhile.`;
    case 'form': {
      const labels = conflict.fields.map(({ label }) => `“${label}”`).join(', ');
      return `A colleague changed ${labels} meanwhile.`;
    }
  }
}

/** "Anna Berg wrote at 10:31", "The stage changed at 10:40" */
function newsWords(news: readonly News[]): string {
  const last = news.at(-1);
  if (last === undefined) return 'This job moved on before it was sent.';
  const more = news.length > 1 ? `, and ${news.length - 1} more` : '';
  const { kind, authorName } = last.preview;
  const what = kind === 'status_change' ? 'The stage changed' : `${authorName} wrote`;
  return `${what} at ${clockTime(last.at)}${more}.`;
}

/** The question of a held reply. */
export function heldQuestion(news: readonly News[]): string {
  const writers = new Set(
    news
      .filter(({ preview }) => preview.kind !== 'status_change')
      .map((one) => one.preview.authorName),
  );
  const [first, ...others] = writers;
  if (first === undefined) return 'The stage changed meanwhile. Still send your reply?';
  const who =
    others.length === 0 ? first : `${first} and ${others.length === 1 ? others[0] : 'others'}`;
  return `${who} wrote meanwhile. Still send your reply?`;
}

/** What sending a parked item after all is called: the same verb as what it does. */
export function retryWords(state: OutboxState): string {
  if (state.kind === 'held') return 'Send as it is';
  if (state.kind !== 'conflicted') return 'Try again';
  switch (state.conflict.kind) {
    case 'stage':
      return 'Move it anyway';
    case 'assignee':
      return 'Assign it anyway';
    case 'form':
      return 'Save mine anyway';
  }
}

/** One or two words for where an item stands. */
export function stateWords({ state, isOnItsWay }: OutboxItem, isOffline: boolean): string {
  switch (state.kind) {
    case 'waiting':
      if (isOnItsWay) return 'Sent, waiting for the answer';
      return isOffline ? 'Waiting for network' : 'Waiting';
    case 'sending':
      return 'Sending';
    case 'accepted':
      return 'Sent, arriving';
    case 'refused':
    case 'conflicted':
    case 'held':
      return 'Needs you';
  }
}

/** What Discard throws away, for the question before it. */
export function nameOf(item: OutboxItem): string {
  return item.jobReference === null ? item.title : `${item.title} (#${item.jobReference})`;
}
