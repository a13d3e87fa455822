import { Paperclip } from 'lucide-react';
import { AlertDialog } from 'radix-ui';
import { useRef, useState } from 'react';
import type { News, OutboxItem } from '../../electron/core/api/outbox-contract.ts';
import { Button } from '../ui/button.tsx';
import { clockTime, timeOrDay } from '../ui/time-words.ts';
import { useRequest } from '../use-request.ts';
import { DiscardQuestion } from './discard-question.tsx';
import { NewsRow } from './news-row.tsx';
import { heldQuestion, isPost } from './outbox-words.ts';
import { useTakeBack } from './use-take-back.ts';

/**
 * A customer reply whose job moved on before it was sent, side by side with what is new. Editing is the default; Esc leaves it
 * held. (C5)
 */
export function HeldDialog({
  item,
  news,
  onClose,
}: {
  item: OutboxItem;
  news: readonly News[];
  onClose: () => void;
}) {
  const first = news[0];
  const edit = useRef<HTMLButtonElement>(null);
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && onClose()}>
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
              {heldQuestion(item, news)}
            </AlertDialog.Title>
            <AlertDialog.Description className="mt-1 max-w-[62ch] text-ink-2">
              You {isPost(item) ? 'wrote' : 'decided'} this at{' '}
              {timeOrDay(item.writtenAt, new Date())}
              {first !== undefined && ` without having seen what came at ${clockTime(first.at)}`}.
              Nothing has been sent.
            </AlertDialog.Description>
          </header>
          <div className="grid min-h-0 grid-cols-2 overflow-y-auto border-y border-line">
            <section className="min-w-0 px-6 pt-3.5 pb-5 break-words">
              <h3 className="mb-2.5 text-sm font-semibold text-ink-3">
                {isPost(item) ? 'Your reply, waiting' : 'What you decided, waiting'}
              </h3>
              <div className="rounded-[10px] border-[1.5px] border-visible-line px-3 py-2.5 shadow-[0_0_0_4px_color-mix(in_srgb,var(--visible-bg)_80%,transparent)]">
                <p dir="auto" className="text-read leading-read whitespace-pre-wrap">
                  {isPost(item) ? item.text : item.title}
                </p>
                {item.files.length > 0 && (
                  <p className="mt-1.5 flex items-start gap-1.5 text-sm text-ink-2">
                    <Paperclip aria-hidden size={13} className="mt-0.5 shrink-0" />
                    <span className="min-w-0">{item.files.map(({ name }) => name).join(', ')}</span>
                  </p>
                )}
              </div>
            </section>
            <section className="min-w-0 border-l border-line bg-surface-2 px-6 pt-3.5 pb-5 break-words">
              <h3 className="mb-2.5 text-sm font-semibold text-ink-3">New since then</h3>
              <ol className="grid grid-cols-[minmax(0,1fr)] gap-3">
                {news.map((one) => (
                  <NewsRow key={one.entryId} news={one} />
                ))}
              </ol>
            </section>
          </div>
          {isPost(item) ? (
            <HeldChoices item={item} editRef={edit} onClose={onClose} />
          ) : (
            <HeldFileChoices item={item} safeRef={edit} onClose={onClose} />
          )}
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

function HeldChoices({
  item,
  editRef,
  onClose,
}: {
  item: OutboxItem;
  editRef: React.RefObject<HTMLButtonElement | null>;
  onClose: () => void;
}) {
  const [isDiscarding, setIsDiscarding] = useState(false);
  const send = useRequest('outbox.retry');
  const makeInternal = useRequest('outbox.make-internal');
  const takingBack = useTakeBack();
  const { mutationId } = item;
  const problem = send.sentence ?? makeInternal.sentence ?? takingBack.sentence;
  const busy = send.busy || makeInternal.busy || takingBack.busy;

  const closeAfter = async (act: Promise<unknown>) => {
    const answer = await act;
    if (answer !== undefined && answer !== false) onClose();
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
        <Button disabled={busy} onClick={() => void closeAfter(makeInternal.send({ mutationId }))}>
          Make it an internal note
        </Button>
        <Button disabled={busy} onClick={() => void closeAfter(send.send({ mutationId }))}>
          Send as it is
        </Button>
        <Button
          ref={editRef}
          look="primary"
          disabled={busy}
          onClick={() => void closeAfter(takingBack.takeBack(item))}
        >
          Edit reply
        </Button>
      </div>
      {isDiscarding && <DiscardQuestion item={item} onClose={() => setIsDiscarding(false)} />}
    </footer>
  );
}

/** A file whose job moved on before it became visible: it stays internal unless a person still wants it. (D3) [P6] */
function HeldFileChoices({
  item: { mutationId },
  safeRef,
  onClose,
}: {
  item: OutboxItem;
  safeRef: React.RefObject<HTMLButtonElement | null>;
  onClose: () => void;
}) {
  const widen = useRequest('outbox.retry');
  const leave = useRequest('outbox.discard');
  const problem = widen.sentence ?? leave.sentence;
  const busy = widen.busy || leave.busy;
  const closeAfter = async (act: Promise<unknown>) => {
    if ((await act) !== undefined) onClose();
  };
  return (
    <footer className="px-6 py-3.5">
      {problem !== null && (
        <p role="alert" className="mb-2.5 text-danger">
          {problem}
        </p>
      )}
      <div className="flex flex-wrap items-center justify-end gap-2">
        <Button disabled={busy} onClick={() => void closeAfter(widen.send({ mutationId }))}>
          Make it visible
        </Button>
        <Button
          ref={safeRef}
          look="primary"
          disabled={busy}
          onClick={() => void closeAfter(leave.send({ mutationId }))}
        >
          Keep it internal
        </Button>
      </div>
    </footer>
  );
}
