import { AlertDialog } from 'radix-ui';
import { type Ref, useRef, useState } from 'react';
import { toast } from 'sonner';
import type { ScheduledItem } from '../../electron/core/api/scheduled-contract.ts';
import { NewsRow } from '../outbox/news-row.tsx';
import { Button } from '../ui/button.tsx';
import { dayAndTime } from '../ui/time-words.ts';
import { useRequest } from '../use-request.ts';
import { ChangeScheduled } from './change-scheduled.tsx';
import { CancelQuestion } from './cancel-question.tsx';
import { FileNames } from './file-names.tsx';
import { type HeldWhy, heldWords, mayStillBe } from './scheduled-words.ts';
import { useBackToDraft } from './use-back-to-draft.ts';

/**
 * A reply that was not sent at its time, side by side with what is new. Rescheduling, and changing the words, is the default; Esc
 * leaves it held. (C8)
 */
export function HeldScheduled({
  item,
  held,
  seenVersion,
  onClose,
}: {
  item: ScheduledItem;
  held: NonNullable<ScheduledItem['held']>;
  seenVersion: number;
  onClose: () => void;
}) {
  const [open, setOpen] = useState<'change' | null>(null);
  const edit = useRef<HTMLButtonElement>(null);
  const { customerName, mine, authorName } = item;
  if (open === 'change')
    return (
      <ChangeScheduled
        item={item}
        seenVersion={seenVersion}
        onDone={onClose}
        onClose={() => setOpen(null)}
      />
    );
  return (
    <AlertDialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 animate-fade-in bg-[rgb(20_18_14/.32)]" />
        <AlertDialog.Content
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            edit.current?.focus();
          }}
          className="fixed top-[9vh] left-1/2 z-40 flex max-h-[86vh] w-[calc(100vw-32px)] max-w-[700px] -translate-x-1/2 animate-fade-in flex-col overflow-hidden rounded-[14px] border border-line bg-surface shadow-float outline-none"
        >
          <header className="px-6 pt-[18px] pb-3.5 break-words">
            <AlertDialog.Title className="text-lg font-semibold tracking-tight text-balance">
              {heldWords(held, customerName)}
              {mayStillBe(held.why).send &&
                ` Still send ${mine ? 'your' : `${authorName}’s`} reply?`}
            </AlertDialog.Title>
            <AlertDialog.Description className="mt-1 max-w-[62ch] text-ink-2">
              {mine ? 'You' : authorName} scheduled it for {dayAndTime(item.sendAt)}. Nothing has
              been sent.
            </AlertDialog.Description>
          </header>
          <div className="grid min-h-0 grid-cols-2 overflow-y-auto border-y border-line">
            <section className="min-w-0 px-6 pt-3.5 pb-5 break-words">
              <h3 className="mb-2.5 text-sm font-semibold text-ink-3">The reply, held</h3>
              <div className="rounded-[10px] border-[1.5px] border-visible-line px-3 py-2.5 shadow-[0_0_0_4px_color-mix(in_srgb,var(--visible-bg)_80%,transparent)]">
                <p dir="auto" className="text-read leading-read whitespace-pre-wrap">
                  {item.text}
                </p>
                <FileNames files={item.files} />
              </div>
            </section>
            <section className="min-w-0 border-l border-line bg-surface-2 px-6 pt-3.5 pb-5 break-words">
              <h3 className="mb-2.5 text-sm font-semibold text-ink-3">New since then</h3>
              {held.news.length === 0 && (
                <p className="text-ink-2">Nothing that {customerName} or the team wrote.</p>
              )}
              <ol className="grid grid-cols-[minmax(0,1fr)] gap-3">
                {held.news.map((one) => (
                  <NewsRow key={one.entryId} news={one} />
                ))}
              </ol>
            </section>
          </div>
          <HeldChoices
            item={item}
            why={held.why}
            seenVersion={seenVersion}
            firstRef={edit}
            onChange={() => setOpen('change')}
            onClose={onClose}
          />
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

/** What could only end as it did is not offered; going on with it as a draft always is. */
function HeldChoices({
  item,
  why,
  seenVersion,
  firstRef,
  onChange,
  onClose,
}: {
  item: ScheduledItem;
  why: HeldWhy;
  seenVersion: number;
  firstRef: Ref<HTMLButtonElement>;
  onChange: () => void;
  onClose: () => void;
}) {
  const [isDiscarding, setIsDiscarding] = useState(false);
  const end = useRequest('scheduled.end');
  const draft = useBackToDraft();
  const { entryId, revision, customerName, mine } = item;
  const may = mayStillBe(why);
  const busy = end.busy || draft.busy;
  const problem = end.sentence ?? draft.sentence;
  const endAs = async (how: 'send' | 'note' | 'cancel', said: string) => {
    const done = await end.send({ entryId, revision, seenVersion, how });
    if (done === undefined) return;
    toast(said);
    onClose();
  };
  const takeBack = async () => {
    if (await draft.takeBack(item, seenVersion)) onClose();
  };
  return (
    <footer className="px-6 py-3.5">
      {problem !== null && (
        <p role="alert" className="mb-2.5 text-danger">
          {problem}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button look="danger" className="-ml-3 mr-auto" onClick={() => setIsDiscarding(true)}>
          Discard
        </Button>
        {may.note && (
          <Button disabled={busy} onClick={() => void endAs('note', 'It is an internal note now')}>
            Make it an internal note
          </Button>
        )}
        {may.send && (
          <Button
            disabled={busy}
            onClick={() => void endAs('send', `On its way to ${customerName}`)}
          >
            Send now
          </Button>
        )}
        <Button
          {...(!may.change && { ref: firstRef, look: 'primary' as const })}
          disabled={busy}
          onClick={() => void takeBack()}
        >
          Back to a draft
        </Button>
        {may.change && (
          <Button ref={firstRef} look="primary" disabled={busy} onClick={onChange}>
            {mine ? 'Edit or reschedule' : 'Reschedule'}
          </Button>
        )}
      </div>
      {isDiscarding && (
        <CancelQuestion
          item={item}
          onCancel={() => void endAs('cancel', 'Discarded')}
          onClose={() => setIsDiscarding(false)}
        />
      )}
    </footer>
  );
}
