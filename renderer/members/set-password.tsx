import { type SubmitEvent, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { Dialog, DialogFoot } from '../ui/dialog.tsx';
import { useRequest } from '../use-request.ts';
import { FormNotices } from './form-notices.tsx';
import type { AboutMember } from './about-member.ts';
import { ShownPassword } from './shown-password.tsx';
import { useMemberDraft } from './use-member-draft.ts';

/** For somebody who forgot theirs: the old one ends, a new one is shown once. (J1) */
export function SetPassword({ member, known, onClose }: AboutMember) {
  const { id: memberId, name, email } = member;
  const [signOutDevices, setSignOutDevices] = useState(false);
  const [isSet, setIsSet] = useState(false);
  const draft = useMemberDraft();
  const set = useRequest('members.set-password');
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (draft === undefined) return;
    const { password } = draft;
    if ((await set.send({ memberId, password, signOutDevices })) === undefined) return;
    setIsSet(true);
    known.reload();
  };
  if (isSet && draft !== undefined)
    return (
      <Dialog title={`${name} has a new password`} onClose={onClose}>
        <ShownPassword name={name} email={email} password={draft.password} onClose={onClose} />
      </Dialog>
    );
  return (
    <Dialog
      title={`Set a new password for ${name}?`}
      description="Their old password no longer signs in anywhere. The new one is made by Docket and shown once, to you."
      onClose={onClose}
    >
      <form className="contents" onSubmit={(event) => void submit(event)}>
        <div className="grid gap-3.5 px-5 pt-1 pb-5">
          <CheckField
            label="Sign out their devices, too"
            hint={`Not needed for somebody who only forgot: where they are signed in they stay so. Signed out, each device removes everything of the office at its next contact with the server; what ${name} had not sent is kept on it.`}
            checked={signOutDevices}
            onChange={setSignOutDevices}
          />
          <FormNotices isOffline={known.isOffline} sentence={set.sentence} />
        </div>
        <DialogFoot>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            type="submit"
            disabled={set.busy || known.isOffline || draft === undefined}
          >
            Set a new password
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
