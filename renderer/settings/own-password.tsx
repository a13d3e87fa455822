import { type SubmitEvent, useId, useState } from 'react';
import { toast } from 'sonner';
import { FormNotices } from '../members/form-notices.tsx';
import { useOffice } from '../shell/office.tsx';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { TextField } from '../ui/field.tsx';
import { useQuery } from '../use-query.ts';
import { useRequest } from '../use-request.ts';

const EMPTY = { old: '', next: '', again: '' };
const RULES =
  'At least 10 characters, and neither your name nor your email. Four random words do well.';

/** Another password for oneself, with the old one. (J1) */
export function OwnPassword() {
  const id = useId();
  const { me } = useOffice();
  const { value: sync } = useQuery('sync', {});
  const [typed, setTyped] = useState(EMPTY);
  const [signOutOthers, setSignOutOthers] = useState(true);
  const [isTried, setIsTried] = useState(false);
  const change = useRequest('session.change-password');
  const isOffline = sync?.kind === 'offline';
  const faults = isTried ? faultsOf(typed) : NO_FAULTS;

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setIsTried(true);
    if (faultsOf(typed) !== NO_FAULTS) return;
    const { old: oldPassword, next: newPassword } = typed;
    const answer = await change.send({ oldPassword, newPassword, signOutOthers });
    if (answer === undefined) return;
    setTyped(EMPTY);
    setIsTried(false);
    toast(
      signOutOthers
        ? 'Your password is changed, and your other devices are signed out'
        : 'Your password is changed',
    );
  };
  const field = (key: keyof typeof typed) => ({
    type: 'password',
    maxLength: 200,
    value: typed[key],
    error: faults[key],
    onChange: (event: { target: { value: string } }) =>
      setTyped({ ...typed, [key]: event.target.value }),
  });

  return (
    <section aria-labelledby={id} className="mt-7">
      <h2 id={id} className="text-title font-semibold tracking-tight">
        Your password
      </h2>
      <form
        noValidate
        onSubmit={(event) => void submit(event)}
        className="mt-3 grid gap-3.5 rounded-xl border border-line p-4 shadow-paper"
      >
        <input type="hidden" name="username" autoComplete="username" value={me.email} readOnly />
        <TextField label="Old password" autoComplete="current-password" {...field('old')} />
        <div className="grid gap-3.5 min-[760px]:grid-cols-2">
          <TextField
            label="New password"
            autoComplete="new-password"
            hint={RULES}
            {...field('next')}
          />
          <TextField
            label="New password once more"
            autoComplete="new-password"
            {...field('again')}
          />
        </div>
        <CheckField
          label="Sign out my other devices"
          hint="They remove everything of the office at their next contact with the server. What you had not sent there is kept for you. This device stays signed in."
          checked={signOutOthers}
          onChange={setSignOutOthers}
        />
        <FormNotices isOffline={isOffline} sentence={change.sentence} />
        <div>
          <Button look="primary" type="submit" disabled={change.busy || isOffline}>
            {change.busy ? 'Changing…' : 'Change password'}
          </Button>
        </div>
      </form>
    </section>
  );
}

type Faults = Readonly<Record<keyof typeof EMPTY, string | null>>;

const NO_FAULTS: Faults = { old: null, next: null, again: null };
const SHORTEST = 10;

/** What can be said without asking anybody. */
function faultsOf({ old, next, again }: typeof EMPTY): Faults {
  const faults: Faults = {
    old: old === '' ? 'Fill in the password you sign in with now.' : null,
    next:
      next.length < SHORTEST ? `This has ${next.length} of at least ${SHORTEST} characters.` : null,
    again: next !== again ? 'This is not the same as beside it. Type it once more.' : null,
  };
  return Object.values(faults).every((fault) => fault === null) ? NO_FAULTS : faults;
}
