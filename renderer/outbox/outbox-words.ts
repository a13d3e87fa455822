import type { News, OutboxItem, OutboxState } from '../../electron/core/api/outbox-contract.ts';
import type { WantedLook } from '../../electron/core/api/session-contract.ts';
import { countOf } from '../ui/size-words.ts';
import { clockTime, dayAndTime } from '../ui/time-words.ts';

/** Parked: refused, conflicted or held; it waits for a person and blocks nothing but what depends on it. (H4) */
export function isParked({ kind }: OutboxState): boolean {
  return kind === 'refused' || kind === 'conflicted' || kind === 'held';
}

/** A note or a reply: something a person wrote and can go on writing. */
export function isPost(item: OutboxItem): boolean {
  return item.isPost;
}

/** Why an item waits for a person: what happened, to what. Null where nothing is asked. */
export function reasonOf({ state }: OutboxItem): string | null {
  switch (state.kind) {
    case 'waiting':
    case 'waits-for-look':
    case 'counting-down':
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

type ConflictOf = Extract<OutboxState, { readonly kind: 'conflicted' }>['conflict'];

function conflictWords(conflict: ConflictOf): string {
  switch (conflict.kind) {
    case 'stage':
      return `A colleague moved this job to “${conflict.standsName}” meanwhile.`;
    case 'place':
      return `A colleague moved this job to “${conflict.standsName}” meanwhile.`;
    case 'title':
      return `A colleague called this job “${conflict.standsTitle}” meanwhile.`;
    case 'customer':
      return 'A colleague gave this job to another customer meanwhile.';
    case 'assignee':
      return `A colleague assigned this job to ${conflict.standsName} meanwhile.`;
    case 'fields': {
      const what = conflict.fields.map(
        ({ label, standsWords }) =>
          `“${label}” (${standsWords === '' ? 'empty' : standsWords} stands)`,
      );
      return `A colleague changed ${what.join(', ')} meanwhile.`;
    }
    case 'form': {
      const labels = conflict.fields.map(({ label }) => `“${label}”`).join(', ');
      return `A colleague changed ${labels} meanwhile.`;
    }
    case 'file':
      return `A colleague renamed the file to “${conflict.standsName}” meanwhile.`;
    case 'text':
      return 'You edited this on another device meanwhile.';
    case 'scheduled':
      return scheduledConflictWords(conflict);
  }
}

/** "It was sent at 8:00, before this arrived." */
function scheduledConflictWords({
  stands,
  at,
  byName,
}: Extract<ConflictOf, { readonly kind: 'scheduled' }>): string {
  const when = at === null ? 'meanwhile' : `on ${dayAndTime(at)}`;
  const by = byName === null ? '' : ` by ${byName}`;
  switch (stands) {
    case 'sent':
      return `It was sent${by} ${when}, so this was not done.`;
    case 'note':
      return `It was made an internal note${by} ${when}, so this was not done.`;
    case 'cancelled':
      return `It was cancelled${by} ${when}, so this was not done.`;
    case 'changed':
      return 'A colleague changed this scheduled reply meanwhile, so this was not done. Look at it again.';
  }
}

/** "Anna Berg wrote at 10:31.", "Anna Berg and Mara Kühn wrote meanwhile.", "The stage changed at 10:40." */
function newsWords(news: readonly News[]): string {
  const last = news.at(-1);
  if (last === undefined) return 'This job moved on before it was sent.';
  const writers = writersOf(news);
  const when = news.length === 1 ? `at ${clockTime(last.at)}` : 'meanwhile';
  return `${writers === null ? changeIn(news) : `${writers} wrote`} ${when}.`;
}

/** The question of a held reply, or of a file that was to become visible. */
export function heldQuestion(item: OutboxItem, news: readonly News[]): string {
  const writers = writersOf(news);
  const what = writers === null ? changeIn(news) : `${writers} wrote`;
  return `${what} meanwhile. ${isPost(item) ? 'Still send your reply?' : 'Still make the file visible?'}`;
}

/** Where nobody wrote anything: what did change. */
function changeIn(news: readonly News[]): string {
  const isOfAnother = news.some(({ preview }) => preview.kind === 'job_change');
  return isOfAnother ? 'The job went to another customer' : 'The stage changed';
}

/** "Anna Berg", "Anna Berg and Mara Kühn", "Anna Berg and others"; null where nobody wrote. */
function writersOf(news: readonly News[]): string | null {
  const written = news.filter(
    ({ preview: { kind } }) => kind !== 'status_change' && kind !== 'job_change',
  );
  const [first, second, ...others] = new Set(written.map(({ preview }) => preview.authorName));
  if (first === undefined) return null;
  if (second === undefined) return first;
  return others.length === 0 ? `${first} and ${second}` : `${first} and others`;
}

/** What sending a parked item after all is called: the same verb as what it does. */
export function retryWords(state: OutboxState): string {
  if (state.kind === 'held') return 'Send as it is';
  if (state.kind !== 'conflicted') return 'Try again';
  switch (state.conflict.kind) {
    case 'stage':
    case 'place':
      return 'Move it anyway';
    case 'title':
      return 'Rename it anyway';
    case 'customer':
      return 'Change it anyway';
    case 'assignee':
      return 'Assign it anyway';
    case 'form':
    case 'fields':
      return 'Save mine anyway';
    case 'file':
    case 'scheduled':
      return 'Do it anyway';
    case 'text':
      return 'Save mine';
  }
}

/** Sending it again could only end as it did. (C8) */
export function isOver(state: OutboxState): boolean {
  return (
    state.kind === 'conflicted' &&
    state.conflict.kind === 'scheduled' &&
    state.conflict.stands !== 'changed'
  );
}

/** The customer is gone for good: it can be copied or discarded, and nothing else. */
export function isOfNobody(state: OutboxState): boolean {
  return state.kind === 'refused' && state.refusal.code === 'customer-deleted';
}

/** One or two words for where an item stands. */
export function stateWords({ state, isOnItsWay }: OutboxItem, isOffline: boolean): string {
  switch (state.kind) {
    case 'waiting':
      if (isOnItsWay) return 'Sent, waiting for the answer';
      return isOffline ? 'Waiting for network' : 'Waiting';
    case 'waits-for-look':
      return 'Waits for your look';
    case 'counting-down':
      return 'Sending soon';
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

/** Whether a person looks first, since this device was away for long. [P7] */
export function waitsForLook({ state }: OutboxItem): boolean {
  return state.kind === 'waits-for-look';
}

const HOUR_MS = 3_600_000;

/** "14 hours", "3 days" */
export function awayWords({ awayFrom, awayUntil }: WantedLook): string {
  const hours = Math.round((Date.parse(awayUntil) - Date.parse(awayFrom)) / HOUR_MS);
  return hours < 48 ? countOf(hours, 'hour') : countOf(Math.round(hours / 24), 'day');
}

/** "3 things for customers wait for your look" */
export function forLookWords(count: number): string {
  return `${countOf(count, 'thing')} for customers ${count === 1 ? 'waits' : 'wait'} for your look`;
}

/** What Discard throws away, for the question before it. */
export function nameOf(item: OutboxItem): string {
  return item.jobReference === null ? item.title : `${item.title} (${item.jobReference})`;
}
