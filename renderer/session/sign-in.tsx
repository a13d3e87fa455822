import { ChevronRight } from 'lucide-react';
import { type SubmitEvent, useState } from 'react';
import type { SessionState } from '../../electron/core/api/session-contract.ts';
import { Button } from '../ui/button.tsx';
import { DocketMark } from '../ui/docket-mark.tsx';
import { TextField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { useRequest } from '../use-request.ts';
import { EndedNotice } from './ended-notice.tsx';

type SignedOut = Extract<SessionState, { kind: 'signed-out' | 'expired' | 'ended' }>;

/** Signing in needs the network once; from then on everything works without it. (H1, J1) */
export function SignIn({ session }: { session: SignedOut }) {
  const { title, about } = HEADS[session.kind];
  return (
    <main className="grid h-full place-items-center overflow-y-auto bg-bg p-6">
      <div className="w-full max-w-[368px] animate-float-in">
        <div className="mb-6 flex items-center gap-3">
          <DocketMark className="size-10" />
          <div>
            <h1 className="text-xl leading-tight font-semibold tracking-tight">{title}</h1>
            <p className="text-ink-2">{about}</p>
          </div>
        </div>
        {session.kind === 'ended' && <EndedNotice session={session} />}
        {session.kind === 'expired' && (
          <Notice look="warn" className="mb-3">
            This device was signed out. Everything you wrote is kept here and goes out when you are
            back.
          </Notice>
        )}
        <SignInForm session={session} />
        <p className="mt-4 text-center text-sm text-pretty text-ink-3">
          After the first sign-in Docket works without a network. What you write is kept on this
          device first.
        </p>
      </div>
    </main>
  );
}

const HEADS: Readonly<Record<SignedOut['kind'], { title: string; about: string }>> = {
  'signed-out': { title: 'Sign in to Docket', about: 'Your office’s jobs, on this device.' },
  expired: { title: 'Sign in again', about: 'Your office is still here.' },
  ended: { title: 'This device was signed out', about: 'Sign in to use it again.' },
};

function SignInForm({ session }: { session: SignedOut }) {
  // Whoever is no longer in the office leaves the device to somebody else.
  const isGone = session.kind === 'ended' && session.by === 'removal';
  const isRemoving =
    session.kind === 'ended' && session.unsent === null && session.problem === null;
  const [email, setEmail] = useState(isGone ? '' : session.email);
  const [password, setPassword] = useState('');
  const [serverUrl, setServerUrl] = useState(session.serverUrl);
  const [isServerOpen, setIsServerOpen] = useState(session.serverUrl === '');
  const [refusal, setRefusal] = useState<string | null>(null);
  const signIn = useRequest('session.sign-in');
  const problem = refusal ?? signIn.sentence;

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setRefusal(null);
    const missing = whatIsMissing({ email, password, serverUrl });
    if (missing !== null) {
      setRefusal(missing);
      return;
    }
    const result = await signIn.send({
      serverUrl: serverUrl.trim(),
      email: email.trim(),
      password,
    });
    if (result?.kind === 'refused') setRefusal(result.sentence);
  };

  return (
    <form
      noValidate
      onSubmit={submit}
      className="grid gap-3.5 rounded-[14px] border border-line bg-surface p-5 shadow-float"
    >
      {problem !== null && <Notice look="danger">{problem}</Notice>}
      <TextField
        label="Email"
        type="email"
        autoComplete="username"
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        autoFocus={email === ''}
        readOnly={session.kind === 'expired'}
      />
      <TextField
        label="Password"
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        autoFocus={email !== ''}
      />
      {isServerOpen ? (
        <TextField
          label="Server"
          type="url"
          inputMode="url"
          placeholder="https://docket.your-office.example"
          hint="The address your office was given."
          value={serverUrl}
          onChange={(event) => setServerUrl(event.target.value)}
        />
      ) : (
        <button
          type="button"
          onClick={() => setIsServerOpen(true)}
          className="-my-1 flex min-w-0 items-center gap-1 justify-self-start rounded-sm text-sm text-ink-3 hover:text-ink"
        >
          <ChevronRight aria-hidden size={13} className="shrink-0" />
          <span className="truncate">
            <span className="font-medium">Change server</span> · {hostOf(session.serverUrl)}
          </span>
        </button>
      )}
      <Button
        type="submit"
        look="primary"
        className="mt-1 h-9"
        disabled={signIn.busy || isRemoving}
      >
        {signIn.busy ? 'Signing in…' : 'Sign in'}
      </Button>
    </form>
  );
}

function whatIsMissing(typed: { email: string; password: string; serverUrl: string }) {
  if (typed.serverUrl.trim() === '') return 'Fill in the address of your office’s server.';
  if (typed.email.trim() === '') return 'Fill in your email address.';
  if (typed.password === '') return 'Fill in your password.';
  return null;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
