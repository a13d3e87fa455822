import { ChevronRight, Ellipsis, KeyRound, PencilLine, UserRoundMinus } from 'lucide-react';
import { useId, useState } from 'react';
import type { Member } from '../records.ts';
import { useOffice } from '../shell/office.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { IconButton } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Menu, MenuItem, MenuLine } from '../ui/menu.tsx';
import { countOf } from '../ui/size-words.ts';
import { useNow } from '../ui/use-now.ts';
import { ChangeMember } from './change-member.tsx';
import { DeviceList } from './device-list.tsx';
import { isOnlyAdmin, ROLE_WORDS, seenWords } from './member-words.ts';
import { RemoveMember } from './remove-member.tsx';
import { SetPassword } from './set-password.tsx';
import type { Device, KnownMembers } from './use-member-list.ts';

/** One of the office; for admins with their devices and what can be done about them. (J1) */
export function MemberRow({ member, known }: { member: Member; known: KnownMembers }) {
  const id = useId();
  const now = useNow();
  const { me } = useOffice();
  const [isOpen, setIsOpen] = useState(false);
  const isAdmin = me.role === 'admin';
  const seen = known.seen?.get(member.id);
  const devices = seen?.devices ?? [];
  return (
    <li className="border-b border-line py-2.5">
      <div className="flex items-center gap-3">
        <Avatar id={member.id} name={member.name} />
        <div className="min-w-0 flex-1">
          <p className="flex items-baseline gap-2">
            <span dir="auto" className="truncate font-medium">
              {member.name}
            </span>
            {member.id === me.id && <span className="shrink-0 text-sm text-ink-3">You</span>}
          </p>
          <p className="truncate text-sm text-ink-3">{member.email}</p>
        </div>
        <div className="w-36 shrink-0 text-right text-sm">
          <p className={member.role === 'admin' ? 'font-medium' : 'text-ink-2'}>
            {ROLE_WORDS[member.role].name}
          </p>
          <p className="text-ink-3 tabular-nums">
            {seen === undefined ? ' ' : seenWords(seen.lastSeenAt, now)}
          </p>
        </div>
        {isAdmin && (
          <>
            <div className="w-[92px] shrink-0">
              {seen !== undefined && (
                <DevicesButton
                  devices={devices}
                  listId={id}
                  isOpen={isOpen && devices.length > 0}
                  onToggle={() => setIsOpen(!isOpen)}
                  of={member.name}
                />
              )}
            </div>
            <MemberActs member={member} known={known} />
          </>
        )}
      </div>
      {isAdmin && isOpen && devices.length > 0 && (
        <div id={id} className="mt-2 ml-10 rounded-xl border border-line bg-surface-2 px-3.5">
          <DeviceList member={member} devices={devices} known={known} />
        </div>
      )}
    </li>
  );
}

function DevicesButton({
  devices,
  listId,
  isOpen,
  onToggle,
  of,
}: {
  devices: readonly Device[];
  listId: string;
  isOpen: boolean;
  onToggle: () => void;
  of: string;
}) {
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      aria-controls={listId}
      aria-label={`${countOf(devices.length, 'device')} of ${of}`}
      disabled={devices.length === 0}
      onClick={onToggle}
      className="flex h-7 w-full items-center gap-1 rounded-md px-1.5 text-sm text-ink-2 tabular-nums hover:bg-surface-3 disabled:pointer-events-none disabled:text-ink-3"
    >
      <ChevronRight
        aria-hidden
        size={13}
        className={classNames(
          'shrink-0 transition-transform duration-(--fast)',
          isOpen && 'rotate-90',
          devices.length === 0 && 'invisible',
        )}
      />
      {countOf(devices.length, 'device')}
    </button>
  );
}

type Act = 'change' | 'password' | 'remove';

/** The last admin cannot be removed, and nobody removes themselves; the server says so as well. */
function MemberActs({ member, known }: { member: Member; known: KnownMembers }) {
  const { me, members } = useOffice();
  const [act, setAct] = useState<Act | null>(null);
  const isMe = member.id === me.id;
  const about = { member, known, onClose: () => setAct(null) };
  return (
    <>
      <Menu
        label={`Acts on ${member.name}`}
        align="end"
        trigger={
          <IconButton label={`Change ${member.name}`} disabled={known.isOffline}>
            <Ellipsis aria-hidden size={16} />
          </IconButton>
        }
      >
        <MenuItem icon={<PencilLine aria-hidden size={15} />} onSelect={() => setAct('change')}>
          Name and role
        </MenuItem>
        {!isMe && (
          <MenuItem icon={<KeyRound aria-hidden size={15} />} onSelect={() => setAct('password')}>
            Set a new password
          </MenuItem>
        )}
        {!isMe && !isOnlyAdmin(members, member) && (
          <>
            <MenuLine />
            <MenuItem
              icon={<UserRoundMinus aria-hidden size={15} />}
              onSelect={() => setAct('remove')}
            >
              Remove from the office
            </MenuItem>
          </>
        )}
      </Menu>
      {act === 'change' && <ChangeMember {...about} />}
      {act === 'password' && <SetPassword {...about} />}
      {act === 'remove' && <RemoveMember {...about} />}
    </>
  );
}
