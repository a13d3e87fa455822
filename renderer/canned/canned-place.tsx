import { MessageSquareQuote } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { CannedReplyId, Sharing } from '../records.ts';
import { useShortcut } from '../shell/use-shortcut.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { useQuery } from '../use-query.ts';
import { sharingOf } from './canned-draft.ts';
import { CannedEditor } from './canned-editor.tsx';
import { CANNED_PLACE } from './canned-head.tsx';
import { CannedListPane } from './canned-list-pane.tsx';
import { GoneCanned } from './gone-canned.tsx';
import { NewCannedReply } from './new-canned.tsx';

/** The canned replies beside the one that is open; where there is room for one of the two, the open one. (C6) */
export function CannedPlace({ openId, isNarrow }: { openId: string | null; isNarrow: boolean }) {
  const [, goTo] = useLocation();
  const [chosen, setChosen] = useState<Sharing | null>(null);
  const isNew = openId === 'new';
  const cannedReplyId = (isNew ? null : openId) as CannedReplyId | null;
  const { value: page, answered } = useQuery('canned-replies.one', {
    cannedReplyId: cannedReplyId ?? NOTHING,
  });
  const isAnswered = answered?.cannedReplyId === cannedReplyId;
  const open = isAnswered && page != null ? page : null;
  // Opened by a link, it stands in its own list.
  const sharing = chosen ?? (open === null ? 'shared' : sharingOf(open.reply));
  const onNew = () => goTo(`${CANNED_PLACE}/new`);
  // Elsewhere N is a new job; here it is one more of what this place is about.
  useShortcut([{ key: 'n' }], onNew, true);
  return (
    <>
      {(!isNarrow || openId === null) && (
        <CannedListPane
          openId={openId}
          isWide={isNarrow}
          sharing={sharing}
          onSharing={setChosen}
          onNew={onNew}
        />
      )}
      {isNew && <NewCannedReply sharing={sharing} hasBack={isNarrow} />}
      {open !== null && <CannedEditor key={open.reply.id} page={open} hasBack={isNarrow} />}
      {!isNew && open === null && (!isNarrow || openId !== null) && (
        <main className="min-w-0 flex-1 bg-surface">
          {cannedReplyId !== null && isAnswered && page === null && (
            <GoneCanned key={cannedReplyId} cannedReplyId={cannedReplyId} />
          )}
          {openId === null && (
            <EmptyState icon={MessageSquareQuote} title="No canned reply is open">
              While you write a note or a reply, type <Kbd>/</Kbd> and a word of its title. It is
              filled in for the job you are on, and you read it before you send it.
            </EmptyState>
          )}
        </main>
      )}
    </>
  );
}

/** No canned reply has it. */
const NOTHING = '00000000-0000-4000-8000-000000000000' as CannedReplyId;
