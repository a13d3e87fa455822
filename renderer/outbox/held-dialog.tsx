import { Paperclip } from 'lucide-react';
import { useRef, useState } from 'react';
import type { News, OutboxItem } from '../../electron/core/api/outbox-contract.ts';
import { Button } from '../ui/button.tsx';
import { clockTime, timeOrDay } from '../ui/time-words.ts';
import { useRequest } from '../use-request.ts';
import { DiscardQuestion } from './discard-question.tsx';
import { HeldFoot, HeldFrame } from './held-frame.tsx';
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
    <HeldFrame
      title={heldQuestion(item, news)}
      description={
        <>
          You {isPost(item) ? 'wrote' : 'decided'} this at {timeOrDay(item.writtenAt, new Date())}
          {first !== undefined && ` without having seen what came at ${clockTime(first.at)}`}.
          Nothing has been sent.
        </>
      }
      heading={isPost(item) ? 'Your reply, waiting' : 'What you decided, waiting'}
      held={
        <>
          <p dir="auto" className="text-read leading-read whitespace-pre-wrap">
            {isPost(item) ? item.text : item.title}
          </p>
          {item.files.length > 0 && (
            <p className="mt-1.5 flex items-start gap-1.5 text-sm text-ink-2">
              <Paperclip aria-hidden size={13} className="mt-0.5 shrink-0" />
              <span className="min-w-0">{item.files.map(({ name }) => name).join(', ')}</span>
            </p>
          )}
        </>
      }
      news={news}
      firstRef={edit}
      onClose={onClose}
    >
      {isPost(item) ? (
        <HeldChoices item={item} editRef={edit} onClose={onClose} />
      ) : (
        <HeldFileChoices item={item} safeRef={edit} onClose={onClose} />
      )}
    </HeldFrame>
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
    <HeldFoot
      problem={problem}
      question={
        isDiscarding && <DiscardQuestion item={item} onClose={() => setIsDiscarding(false)} />
      }
    >
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
    </HeldFoot>
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
    <HeldFoot problem={problem}>
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
    </HeldFoot>
  );
}
