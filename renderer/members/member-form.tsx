import type { ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogFoot } from '../ui/dialog.tsx';
import { FormNotices } from './form-notices.tsx';
import type { KnownMembers } from './use-member-list.ts';

/** What every form about a member has around its fields: only a server can do these things, so each says when there is none. (J1) */
export function MemberForm({
  title,
  description,
  known,
  request,
  action,
  isReady,
  onSubmit,
  onClose,
  children,
}: {
  title: string;
  description: string;
  known: KnownMembers;
  request: { readonly busy: boolean; readonly sentence: string | null };
  action: string;
  /** There is something to be done. */
  isReady: boolean;
  onSubmit: () => Promise<void>;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <Dialog title={title} description={description} onClose={onClose}>
      <form
        noValidate
        className="contents"
        onSubmit={(event) => {
          event.preventDefault();
          void onSubmit();
        }}
      >
        <div className="grid gap-3.5 px-5 pt-1 pb-5">
          {children}
          <FormNotices isOffline={known.isOffline} sentence={request.sentence} />
        </div>
        <DialogFoot>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            type="submit"
            disabled={request.busy || known.isOffline || !isReady}
          >
            {action}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
