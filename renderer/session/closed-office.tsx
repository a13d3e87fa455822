import { DatabaseZap } from 'lucide-react';
import type { SessionState } from '../../electron/core/api/session-contract.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useRequest } from '../use-request.ts';

type Closed = Extract<SessionState, { kind: 'closed' }>;

/** The office on this disk cannot be opened: what is the matter, and what to do about it. [F2, H9] */
export function ClosedOffice({ session }: { session: Closed }) {
  const open = useRequest('session.open');
  const signOut = useRequest('session.sign-out');
  const problem = open.sentence ?? signOut.sentence;
  return (
    <main className="grid h-full place-items-center overflow-y-auto bg-bg p-6">
      <div className="w-full max-w-[440px] animate-float-in">
        <span className="mb-4 grid size-10 place-items-center rounded-full bg-warn-soft text-warn">
          <DatabaseZap aria-hidden size={19} strokeWidth={1.7} />
        </span>
        <h1 className="text-xl leading-tight font-semibold tracking-tight">
          {session.workspace.name} cannot be opened here
        </h1>
        <p role="alert" className="mt-1.5 text-pretty text-ink-2">
          {session.sentence}
        </p>
        {problem !== null && (
          <Notice look="danger" className="mt-3">
            {problem}
          </Notice>
        )}
        <div className="mt-4 flex flex-wrap gap-2">
          <Button look="primary" disabled={open.busy} onClick={() => void open.send({})}>
            Try again
          </Button>
          <Button disabled={signOut.busy} onClick={() => void signOut.send({})}>
            Sign out
          </Button>
        </div>
        <p className="mt-4 text-sm text-pretty text-ink-3">
          What you wrote and has not been sent is still on this disk.
        </p>
      </div>
    </main>
  );
}
