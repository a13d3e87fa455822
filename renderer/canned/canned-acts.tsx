import { Copy, Trash2, UserRound, Users } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { useLocation } from 'wouter';
import type { CannedReplyPage } from '../../electron/core/api/canned-contract.ts';
import { useMoveEdit } from '../drafts/use-drafts.tsx';
import { useOffice } from '../shell/office.tsx';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { useRequest } from '../use-request.ts';
import { editOf } from './canned-draft.ts';
import { CANNED_PLACE } from './canned-head.tsx';

/** Who else has it, and the way out. What takes it from everybody is asked first, and is for who added it and admins. (C6) */
export function CannedActs({ page }: { page: CannedReplyPage }) {
  const { reply, mayTakeAway } = page;
  const { me } = useOffice();
  const moveEdit = useMoveEdit();
  const [, goTo] = useLocation();
  const [asking, setAsking] = useState<'delete' | 'take' | 'share' | null>(null);
  const moving = useRequest('canned-replies.move', toast.error);
  const deleting = useRequest('canned-replies.delete', toast.error);
  const copying = useRequest('canned-replies.create', toast.error);
  const isShared = reply.ownerId === null;
  const { id: cannedReplyId, title, text } = reply;

  const move = async () => {
    setAsking(null);
    const to = isShared ? 'personal' : 'shared';
    const moved = await moving.send({ cannedReplyId, to });
    if (moved === undefined) return;
    await moveEdit(editOf(cannedReplyId, me.id), editOf(moved.cannedReplyId, me.id));
    goTo(`${CANNED_PLACE}/${moved.cannedReplyId}`, { replace: true });
  };
  const remove = async () => {
    setAsking(null);
    if ((await deleting.send({ cannedReplyId, fromTitle: title })) === undefined) return;
    goTo(CANNED_PLACE);
    toast(`“${title}” is deleted`);
  };
  const copy = async () => {
    const files = reply.files.map(({ blobId, name }) => ({ blobId, name }));
    const made = await copying.send({ sharing: 'personal', title, text, files });
    if (made !== undefined) goTo(`${CANNED_PLACE}/${made.cannedReplyId}`);
  };
  return (
    <div className="flex flex-wrap items-center gap-1">
      {isShared && (
        <Button small look="quiet" disabled={copying.busy} onClick={() => void copy()}>
          <Copy aria-hidden size={14} /> Copy for me
        </Button>
      )}
      {mayTakeAway && (
        <>
          <Button
            small
            look="quiet"
            disabled={moving.busy}
            onClick={() => setAsking(isShared ? 'take' : 'share')}
          >
            {isShared ? <UserRound aria-hidden size={14} /> : <Users aria-hidden size={14} />}
            {isShared ? 'Make personal' : 'Share'}
          </Button>
          <Button small look="danger" onClick={() => setAsking('delete')}>
            <Trash2 aria-hidden size={14} /> Delete
          </Button>
        </>
      )}
      {asking === 'share' && (
        <Confirm
          title={`Share “${title}” with the office?`}
          action="Share"
          keep="Keep it to yourself"
          onConfirm={() => void move()}
          onClose={() => setAsking(null)}
        >
          Every colleague can read, insert and change it, with its files.
        </Confirm>
      )}
      {asking === 'take' && (
        <Confirm
          title={`Take “${title}” from everybody else?`}
          action="Make personal"
          keep="Keep it shared"
          onConfirm={() => void move()}
          onClose={() => setAsking(null)}
        >
          Only you will have it. It leaves the devices of all colleagues, with its files.
        </Confirm>
      )}
      {asking === 'delete' && (
        <Confirm
          title={`Delete “${title}”?`}
          action="Delete"
          keep="Keep it"
          onConfirm={() => void remove()}
          onClose={() => setAsking(null)}
        >
          {isShared
            ? 'Nobody in the office can insert it any more. What was sent with it stays as it is.'
            : 'You cannot insert it any more. What was sent with it stays as it is.'}
        </Confirm>
      )}
    </div>
  );
}
