import { useState } from 'react';
import { toast } from 'sonner';
import type { Member } from '../records.ts';
import { useOffice } from '../shell/office.tsx';
import { TextField } from '../ui/field.tsx';
import { useRequest } from '../use-request.ts';
import { MemberForm } from './member-form.tsx';
import { isOnlyAdmin } from './member-words.ts';
import { RoleField } from './role-field.tsx';
import type { AboutMember } from './about-member.ts';

export function ChangeMember({ member, known, onClose }: AboutMember) {
  const [typed, setTyped] = useState(member.name);
  const [role, setRole] = useState<Member['role']>(member.role);
  const { members } = useOffice();
  const change = useRequest('members.change');
  const name = typed.trim();
  const isSame = name === member.name && role === member.role;
  const submit = async () => {
    if (name === '' || isSame) return;
    if ((await change.send({ memberId: member.id, name, role })) === undefined) return;
    onClose();
    known.reload();
    toast(`${name} is changed`);
  };
  return (
    <MemberForm
      title={`Change ${member.name}`}
      description={`Signs in with ${member.email}. The name is shown on everything they did, too.`}
      known={known}
      request={change}
      action="Save"
      isReady={name !== '' && !isSame}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label="Name"
        dir="auto"
        maxLength={200}
        autoFocus
        error={name === '' ? 'A member needs a name.' : null}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <RoleField role={role} isOnlyAdmin={isOnlyAdmin(members, member)} onChange={setRole} />
    </MemberForm>
  );
}
