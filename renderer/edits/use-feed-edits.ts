import { useEffect, useEffectEvent } from 'react';
import { useLocation, useSearch } from 'wouter';
import type { FeedItem } from '../../electron/core/api/jobs-contract.ts';
import { useShortcut } from '../shell/use-shortcut.ts';
import { useEditing } from './editing.tsx';

/** Where this leads, the last thing the person wrote on the job is edited: for the palette. */
export const editLastAddress = (jobId: string): string => `/jobs/${jobId}?edit=last`;

/** Keys and addresses that begin an edit in a feed; `data-entry-id` is on the row of each entry. (C10) */
export function useFeedEdits(items: readonly FeedItem[]): void {
  const editing = useEditing();
  const [path, goTo] = useLocation();
  const removed = items.find(({ entry }) => entry.id === editing.draft?.entryId)?.undone;
  const isRemoved = removed?.how === 'redacted';
  const end = useEffectEvent(() => editing.end());
  // Of a text that was removed for good nothing stays on this device, also where it was being edited. [T3]
  useEffect(() => {
    if (isRemoved) end();
  }, [isRemoved]);
  const wants = new URLSearchParams(useSearch()).get('edit') === 'last';
  const last = items.findLast(isOwnText) ?? null;
  useEffect(() => {
    editing.showsLast(last);
  }, [editing, last]);
  useEffect(() => {
    if (!wants) return;
    if (last !== null) editing.begin(last);
    goTo(path, { replace: true });
  }, [wants, last, editing, goTo, path]);
  // Before E means the customer's view: it is about the entry that has the focus.
  useShortcut(
    [{ key: 'e', shift: false }],
    () => {
      const row = document.activeElement?.closest('[data-entry-id]');
      const id = row?.getAttribute('data-entry-id');
      const item = items.find(({ entry }) => entry.id === id);
      return item?.editBasis != null && editing.begin(item);
    },
    true,
  );
}

function isOwnText({ entry, mine, undone, state }: FeedItem): boolean {
  return mine && entry.kind === 'reply' && undone === null && state !== 'parked';
}
