import type { SessionState } from '../electron/core/api/session-contract.ts';
import { Toaster } from 'sonner';
import { ClosedOffice } from './session/closed-office.tsx';
import { SignIn } from './session/sign-in.tsx';
import { Desk } from './shell/desk.tsx';
import { AfterPatience } from './ui/skeleton.tsx';
import { useConnected } from './use-bridge.tsx';
import { useQuery } from './use-query.ts';

export function App() {
  const { value: session } = useQuery('session', {});
  return (
    <>
      {session === undefined && <Starting />}
      {session?.kind === 'signed-in' && <Desk key={session.member.id} session={session} />}
      {session?.kind === 'closed' && <ClosedOffice session={session} />}
      {session !== undefined && isForSignIn(session) && (
        <SignIn key={session.kind} session={session} />
      )}
      {session !== undefined && <LostCore />}
      <Toaster
        // Over the title of what is open: at the bottom stand what sends, what saves and a dialog's choices, and in the
        // middle of the top the list's own button.
        position="top-center"
        offset={8}
        style={{ left: '58%' }}
        toastOptions={{
          className:
            '!min-h-0 !py-2 !rounded-lg !border-line !bg-ink !text-surface !text-ui !font-sans !shadow-float',
        }}
      />
    </>
  );
}

type ForSignIn = Extract<SessionState, { kind: 'signed-out' | 'expired' | 'ended' }>;

const isForSignIn = (session: SessionState): session is ForSignIn =>
  session.kind !== 'signed-in' && session.kind !== 'closed';

function Starting() {
  return (
    <AfterPatience>
      <p role="status" className="grid h-full place-items-center text-ink-3">
        Opening your office…
      </p>
    </AfterPatience>
  );
}

/** The host is gone, not the network: without it nothing that is typed can be kept, so it is said across the page. */
function LostCore() {
  const connected = useConnected();
  if (connected) return null;
  return (
    <AfterPatience>
      <p
        role="alert"
        className="fixed inset-x-0 top-0 z-50 bg-warn-soft px-4 py-2 text-center font-medium text-warn shadow-float"
      >
        Docket’s program on this device is not answering. Trying again; if this stays, start Docket
        again. Drafts are kept.
      </p>
    </AfterPatience>
  );
}
