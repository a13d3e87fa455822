import type { Member } from '../records.ts';
import { SelectField } from '../ui/field.tsx';
import { ROLE_WORDS } from './member-words.ts';

export function RoleField({
  role,
  isOnlyAdmin = false,
  onChange,
}: {
  role: Member['role'];
  isOnlyAdmin?: boolean;
  onChange: (role: Member['role']) => void;
}) {
  if (isOnlyAdmin)
    return (
      <p className="text-sm text-pretty text-ink-2">
        The only admin stays one. Make somebody else an admin first.
      </p>
    );
  return (
    <div>
      <SelectField
        label="Role"
        value={role}
        onChange={(value) => onChange(value === 'admin' ? 'admin' : 'member')}
      >
        <option value="member">{ROLE_WORDS.member.name}</option>
        <option value="admin">{ROLE_WORDS.admin.name}</option>
      </SelectField>
      <p className="mt-1 text-sm text-pretty text-ink-3">{ROLE_WORDS[role].may}</p>
    </div>
  );
}
