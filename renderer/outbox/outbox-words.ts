import type { OutboxItem, OutboxState } from '../../electron/core/api/contract.ts';

/** Parked: refused or conflicted; it waits for a person and blocks nothing but what depends on it. (H4) */
export function isParked(state: OutboxState): boolean {
  return state.kind === 'refused' || state.kind === 'conflicted';
}

/** Why an item waits for a person: what happened, to what. Null where nothing is asked. */
export function reasonOf({ state }: OutboxItem): string | null {
  if (state.kind === 'refused') return state.refusal.sentence;
  if (state.kind !== 'conflicted') return null;
  const { conflict } = state;
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

/** One or two words for where an item stands. */
export function stateWords(state: OutboxState, isOffline: boolean): string {
  switch (state.kind) {
    case 'waiting':
      return isOffline ? 'Waiting for network' : 'Waiting';
    case 'sending':
      return 'Sending';
    case 'accepted':
      return 'Sent, arriving';
    case 'refused':
    case 'conflicted':
      return 'Needs you';
  }
}

/** What Discard throws away, for the question before it. */
export function nameOf(item: OutboxItem): string {
  return item.jobReference === null ? item.title : `${item.title} (#${item.jobReference})`;
}
