import { UserRoundPlus } from 'lucide-react';
import { useState } from 'react';
import { useOffice } from '../shell/office.tsx';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { countOf } from '../ui/size-words.ts';
import { AddMember } from './add-member.tsx';
import { MemberRow } from './member-row.tsx';
import { OFFLINE_WORDS } from './member-words.ts';
import { useMemberList } from './use-member-list.ts';

/** Everybody of the office. Members look, admins change. (J1) */
export function MembersPage() {
  const { members, me } = useOffice();
  const known = useMemberList();
  const [isAdding, setIsAdding] = useState(false);
  const isAdmin = me.role === 'admin';
  return (
    <main className="flex min-w-0 flex-1 flex-col bg-surface">
      <header className="flex h-[53px] shrink-0 items-center gap-3 border-b border-line px-6">
        <h1 className="flex-1 text-lg font-semibold tracking-tight">Members</h1>
        {isAdmin && (
          <Button look="primary" disabled={known.isOffline} onClick={() => setIsAdding(true)}>
            <UserRoundPlus aria-hidden size={15} /> Add a member
          </Button>
        )}
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-6 py-5">
        <div className="grid max-w-[760px] grid-cols-[minmax(0,1fr)] gap-3">
          <p className="text-pretty text-ink-2">
            {countOf(members.length, 'person', 'people')} of the office.{' '}
            {isAdmin
              ? 'A device that is signed out removes everything of the office at its next contact with the server.'
              : 'Only admins add, change and remove members.'}
          </p>
          {known.isOffline && <Notice look="warn">{OFFLINE_WORDS}</Notice>}
          {known.sentence !== null && (
            <Notice look="danger">
              When they were last seen, and their devices, could not be read. {known.sentence}
            </Notice>
          )}
          <ul aria-label="Members" className="border-t border-line">
            {members.map((member) => (
              <MemberRow key={member.id} member={member} known={known} />
            ))}
          </ul>
        </div>
      </div>
      {isAdding && <AddMember known={known} onClose={() => setIsAdding(false)} />}
    </main>
  );
}
