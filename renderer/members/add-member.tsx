import { useState } from 'react';
import type { Member } from '../records.ts';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { useRequest } from '../use-request.ts';
import { MemberForm } from './member-form.tsx';
import { emailFault } from './member-words.ts';
import { RoleField } from './role-field.tsx';
import { ShownPassword } from './shown-password.tsx';
import { useMemberDraft } from './use-member-draft.ts';
import type { KnownMembers } from './use-member-list.ts';

/** Adds a colleague with a first password that is made here and shown once. (J1) */
export function AddMember({ known, onClose }: { known: KnownMembers; onClose: () => void }) {
  const [typed, setTyped] = useState({ name: '', email: '' });
  const [role, setRole] = useState<Member['role']>('member');
  const [isTried, setIsTried] = useState(false);
  const [isAdded, setIsAdded] = useState(false);
  const draft = useMemberDraft();
  const add = useRequest('members.add');
  const name = typed.name.trim();
  const email = typed.email.trim();
  const nameError = name === '' ? 'A member needs a name.' : null;

  const submit = async () => {
    setIsTried(true);
    if (draft === undefined || nameError !== null || emailFault(email) !== null) return;
    if ((await add.send({ ...draft, name, email, role })) === undefined) return;
    setIsAdded(true);
    known.reload();
  };
  const field = (key: keyof typeof typed) => ({
    value: typed[key],
    onChange: (event: { target: { value: string } }) =>
      setTyped({ ...typed, [key]: event.target.value }),
  });

  if (isAdded && draft !== undefined)
    return (
      <Dialog title={`${name} is added`} onClose={onClose}>
        <ShownPassword name={name} email={email} password={draft.password} onClose={onClose} />
      </Dialog>
    );
  return (
    <MemberForm
      title="Add a member"
      description="They sign in with this email and a first password, which is shown when they are added."
      known={known}
      request={add}
      action={add.busy ? 'Adding…' : 'Add member'}
      isReady={draft !== undefined}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label="Name"
        dir="auto"
        maxLength={200}
        autoFocus
        autoComplete="off"
        error={isTried ? nameError : null}
        {...field('name')}
      />
      <TextField
        label="Email"
        type="email"
        maxLength={254}
        autoComplete="off"
        error={isTried ? emailFault(email) : null}
        {...field('email')}
      />
      <RoleField role={role} onChange={setRole} />
    </MemberForm>
  );
}
