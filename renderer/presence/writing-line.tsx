import { PenLine } from 'lucide-react';
import type { PresentPerson } from '../../electron/core/api/session-contract.ts';
import { writingWords } from './presence-words.ts';

/** Somebody else is writing on this job right now: said where one is about to write oneself. (H8) */
export function WritingLine({ people }: { people: readonly PresentPerson[] }) {
  const words = writingWords(people);
  return (
    <p
      role="status"
      className="mx-6 flex h-5 items-center gap-1.5 px-1 text-sm text-ink-3 empty:hidden"
    >
      {words !== '' && (
        <>
          <PenLine aria-hidden size={13} className="shrink-0 animate-pulse" />
          <span className="truncate">{words}</span>
        </>
      )}
    </p>
  );
}
