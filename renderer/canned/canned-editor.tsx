import { useLocation } from 'wouter';
import type { CannedReplyPage } from '../../electron/core/api/canned-contract.ts';
import { useIntake } from '../attachments/use-intake.ts';
import { unsavedWords } from '../drafts/unsaved-words.ts';
import { useEditDraft } from '../drafts/use-drafts.tsx';
import { useOffice } from '../shell/office.tsx';
import { useShortcut } from '../shell/use-shortcut.ts';
import { Button } from '../ui/button.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { Notice } from '../ui/notice.tsx';
import { timeOrDay } from '../ui/time-words.ts';
import { useNow } from '../ui/use-now.ts';
import { useRequest } from '../use-request.ts';
import { CannedActs } from './canned-acts.tsx';
import {
  type CannedEdit,
  changesOf,
  contentOf,
  editOf,
  overtakenLabels,
  problemOf,
  SHARING_WORDS,
  sharingOf,
} from './canned-draft.ts';
import { CannedFields } from './canned-fields.tsx';
import { CANNED_PLACE, CannedHead } from './canned-head.tsx';

/** Changes a canned reply. Only what was changed is saved, based on what stood when it was begun. (C6, C3, H5) */
export function CannedEditor({ page, hasBack }: { page: CannedReplyPage; hasBack: boolean }) {
  const { reply } = page;
  const { me } = useOffice();
  const [, goTo] = useLocation();
  const now = useNow();
  const stored = useEditDraft<CannedEdit>(editOf(reply.id, me.id));
  const saving = useRequest('canned-replies.update');
  const saved = contentOf(reply);
  const content = stored.draft?.now ?? saved;
  const changes = stored.draft === undefined ? [] : changesOf(stored.draft.from, content);
  const intake = useIntake();
  const problem = problemOf(content, intake);
  const overtaken = stored.draft === undefined ? [] : overtakenLabels(stored.draft, saved);
  const save = async () => {
    if (changes.length === 0 || problem !== null || saving.busy) return;
    const answer = await saving.send({ cannedReplyId: reply.id, changes });
    if (answer !== undefined) stored.change(() => undefined);
  };
  useShortcut([{ key: 's', mod: true }], () => void save());
  useShortcut([{ key: 'escape' }], () => goTo(CANNED_PLACE));
  return (
    <main className="flex min-w-0 flex-1 flex-col bg-surface">
      <CannedHead title={reply.title} hasBack={hasBack}>
        <CannedActs page={page} />
      </CannedHead>
      <div className="min-h-0 flex-1 overflow-y-auto px-6 py-5">
        <div className="max-w-[640px]">
          <p className="mb-4 text-ink-3">
            {SHARING_WORDS[sharingOf(reply)]}. {traceWords(page, { myId: me.id, now })}
          </p>
          {stored.state !== 'loading' && (
            <CannedFields
              content={content}
              intake={intake}
              onChange={(next) => {
                saving.clear();
                stored.change((before = { from: saved, now: saved }) => ({
                  ...before,
                  now: next(before.now),
                }));
              }}
            />
          )}
        </div>
      </div>
      {(changes.length > 0 || saving.sentence !== null) && (
        <footer className="grid gap-2.5 border-t border-line bg-surface-2 px-6 py-3">
          {saving.sentence !== null && <Notice look="danger">Not saved. {saving.sentence}</Notice>}
          {overtaken.length > 0 && (
            <p className="text-sm text-warn">
              {overtaken.join(', ')} changed meanwhile. If you save, you are asked which one stands.
            </p>
          )}
          <div className="flex items-center gap-2">
            <span role="status" className="min-w-0 flex-1 truncate text-ink-2">
              {problem ?? unsavedWords(changes.length, stored.state)}
            </span>
            <Button look="quiet" onClick={() => stored.change(() => undefined)}>
              Undo changes
            </Button>
            <Button
              look="primary"
              disabled={changes.length === 0 || problem !== null || saving.busy}
              onClick={() => void save()}
            >
              Save <Kbd inverse>Ctrl S</Kbd>
            </Button>
          </div>
        </footer>
      )}
    </main>
  );
}

/** Who is to be asked about the words, and whether they have left this device. */
function traceWords(
  { reply, changedByName, waiting }: CannedReplyPage,
  { myId, now }: { readonly myId: string; readonly now: Date },
): string {
  if (waiting) return 'On this device, waiting.';
  const who = reply.changedBy === myId ? 'you' : changedByName;
  return `Last changed by ${who}, ${timeOrDay(reply.changedAt, now)}.`;
}
