import { useState } from 'react';
import type { EntryId } from '../records.ts';

/**
 * Where the line "New since you looked" stands. It is set by what was unread when the job was opened and stays until the job is
 * left, although opening marks everything read; what arrives while the window has no focus moves it there. (B6)
 *
 * @param firstUnreadId undefined while the feed is not here yet
 */
export function useUnreadLine(firstUnreadId: EntryId | null | undefined): EntryId | null {
  const [line, setLine] = useState<EntryId | null>(null);
  const [seen, setSeen] = useState<EntryId | null | undefined>(undefined);

  if (firstUnreadId !== seen) {
    const isOpening = seen === undefined;
    setSeen(firstUnreadId);
    if (firstUnreadId != null && (isOpening || !document.hasFocus())) setLine(firstUnreadId);
  }
  return line;
}
