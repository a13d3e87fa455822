import { MessageSquareQuote } from 'lucide-react';
import { toast } from 'sonner';
import { useLocation } from 'wouter';
import { useEditDraft } from '../drafts/use-drafts.tsx';
import type { CannedReplyId } from '../records.ts';
import { useOffice } from '../shell/office.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useRequest } from '../use-request.ts';
import { type CannedEdit, editOf } from './canned-draft.ts';
import { CANNED_PLACE } from './canned-head.tsx';

/** One that was deleted, or is shared no longer, while it was being changed here: what was not saved is not gone with it. (C3) */
export function GoneCanned({ cannedReplyId }: { cannedReplyId: CannedReplyId }) {
  const { me } = useOffice();
  const stored = useEditDraft<CannedEdit>(editOf(cannedReplyId, me.id));
  const creating = useRequest('canned-replies.create', toast.error);
  const [, goTo] = useLocation();
  const { draft } = stored;
  const keep = async ({ now: { title, text, files }, from }: CannedEdit) => {
    const named = files.map(({ blobId, name }) => ({ blobId, name }));
    const own = { sharing: 'personal', title: title.trim() || from.title, text } as const;
    const made = await creating.send({ ...own, files: named });
    if (made === undefined) return;
    stored.change(() => undefined);
    goTo(`${CANNED_PLACE}/${made.cannedReplyId}`, { replace: true });
  };
  return (
    <EmptyState
      icon={MessageSquareQuote}
      title="This canned reply is gone"
      action={
        draft !== undefined && (
          <div className="flex gap-2">
            <Button look="quiet" onClick={() => stored.change(() => undefined)}>
              Discard my changes
            </Button>
            <Button look="primary" disabled={creating.busy} onClick={() => void keep(draft)}>
              Save as one of my own
            </Button>
          </div>
        )
      }
    >
      {draft === undefined
        ? 'It was deleted, or is shared no longer.'
        : 'It was deleted, or is shared no longer. What you changed in it and had not saved is kept on this device.'}
    </EmptyState>
  );
}
