import { useState } from 'react';
import { useLocation } from 'wouter';
import { useIntake } from '../attachments/use-intake.ts';
import { useEditDraft } from '../drafts/use-drafts.tsx';
import type { Sharing } from '../records.ts';
import { useOffice } from '../shell/office.tsx';
import { useShortcut } from '../shell/use-shortcut.ts';
import { Button } from '../ui/button.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { useRequest } from '../use-request.ts';
import { type NewCanned, problemOf } from './canned-draft.ts';
import { CannedFields } from './canned-fields.tsx';
import { CANNED_PLACE, CannedHead } from './canned-head.tsx';
import { SharingSwitch } from './sharing-switch.tsx';

/** A canned reply that is not there yet; left half written, it is there when one comes back. (C6, C3) */
export function NewCannedReply({ sharing, hasBack }: { sharing: Sharing; hasBack: boolean }) {
  const { me } = useOffice();
  const stored = useEditDraft<NewCanned>({ subject: 'new canned reply', memberId: me.id });
  const [empty] = useState<NewCanned>({ sharing, title: '', text: '', files: [] });
  const draft = stored.draft ?? empty;
  const [, goTo] = useLocation();
  const creating = useRequest('canned-replies.create');
  const intake = useIntake();
  const problem = problemOf(draft, intake);
  const create = async () => {
    if (problem !== null || creating.busy) return;
    const files = draft.files.map(({ blobId, name }) => ({ blobId, name }));
    const made = await creating.send({ ...draft, title: draft.title.trim(), files });
    if (made === undefined) return;
    stored.change(() => undefined);
    goTo(`${CANNED_PLACE}/${made.cannedReplyId}`, { replace: true });
  };
  useShortcut([{ key: 's', mod: true }], () => void create());
  useShortcut([{ key: 'escape' }], () => goTo(CANNED_PLACE));
  const cancel = () => {
    stored.change(() => undefined);
    goTo(CANNED_PLACE);
  };
  return (
    <main className="flex min-w-0 flex-1 flex-col bg-surface">
      <CannedHead title="New canned reply" hasBack={hasBack} />
      <div className="min-h-0 flex-1 overflow-y-auto px-6 py-5">
        <div className="grid max-w-[640px] grid-cols-[minmax(0,1fr)] gap-4">
          <SharingSwitch
            sharing={draft.sharing}
            onChange={(next) => stored.change((before = empty) => ({ ...before, sharing: next }))}
          />
          {stored.state !== 'loading' && (
            <CannedFields
              content={draft}
              intake={intake}
              onChange={(next) => {
                creating.clear();
                stored.change((before = empty) => ({ ...before, ...next(before) }));
              }}
            />
          )}
        </div>
      </div>
      <footer className="flex items-center gap-2 border-t border-line bg-surface-2 px-6 py-3">
        <span role="status" className="min-w-0 flex-1 text-ink-2">
          {creating.sentence ?? problem}
        </span>
        <Button look="quiet" onClick={cancel}>
          Cancel
        </Button>
        <Button
          look="primary"
          disabled={problem !== null || creating.busy}
          onClick={() => void create()}
        >
          Add the canned reply <Kbd inverse>Ctrl S</Kbd>
        </Button>
      </footer>
    </main>
  );
}
