import type { EndedSession } from '../../electron/core/api/session-contract.ts';
import { Notice } from '../ui/notice.tsx';
import { endedWords, keptWords, removedWords } from './ended-words.ts';

/** Why there is nothing here any more, and what is. (J1) */
export function EndedNotice({ session }: { session: EndedSession }) {
  const { problem, officeName } = session;
  const removed = removedWords(session);
  const kept = keptWords(session);
  return (
    <div className="mb-3 grid gap-2">
      <Notice look="warn">
        <p className="font-semibold">{endedWords(session)}</p>
        <div role="status">
          {removed !== null && <p className="mt-1">{removed}</p>}
          {removed === null && problem === null && (
            <p className="mt-1">Removing everything of {officeName} from this device…</p>
          )}
          {kept !== null && <p className="mt-1">{kept}</p>}
        </div>
      </Notice>
      {problem !== null && <Notice look="danger">{problem}</Notice>}
    </div>
  );
}
