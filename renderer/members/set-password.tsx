import { useState } from 'react';
import { CheckField } from '../ui/check-field.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { useRequest } from '../use-request.ts';
import type { AboutMember } from './about-member.ts';
import { MemberForm } from './member-form.tsx';
import { ShownPassword } from './shown-password.tsx';
import { useMemberDraft } from './use-member-draft.ts';

/** For somebody who forgot theirs: the old one ends, a new one is shown once. (J1) */
export function SetPassword({ member, known, onClose }: AboutMember) {
  const { id: memberId, name, email } = member;
  const [signOutDevices, setSignOutDevices] = useState(false);
  const [isSet, setIsSet] = useState(false);
  const draft = useMemberDraft();
  const set = useRequest('members.set-password');
  const submit = async () => {
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
    <MemberForm
      title={`Set a new password for ${name}?`}
      description="Their old password no longer signs in anywhere. The new one is made by Docket and shown once, to you."
      known={known}
      request={set}
      action="Set a new password"
      isReady={draft !== undefined}
      onSubmit={submit}
      onClose={onClose}
    >
      <CheckField
        label="Sign out their devices, too"
        hint={`Not needed for somebody who only forgot: where they are signed in they stay so. Signed out, each device removes everything of the office at its next contact with the server; what ${name} had not sent is kept on it.`}
        checked={signOutDevices}
        onChange={setSignOutDevices}
      />
    </MemberForm>
  );
}
