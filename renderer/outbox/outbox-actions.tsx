import { useState } from 'react';
import type { OutboxItem } from '../../electron/core/api/outbox-contract.ts';
import { Button } from '../ui/button.tsx';
import { useRequest } from '../use-request.ts';
import { DiscardQuestion } from './discard-question.tsx';
import { HeldDialog } from './held-dialog.tsx';
import { isOfNobody, isOver, isParked, isPost, retryWords } from './outbox-words.ts';
import { SendNow } from './send-now.tsx';
import { useTakeBack } from './use-take-back.ts';

/** What can be done with something that is on this device alone. A held reply is decided in a window of its own. (C5, H4) */
export function OutboxActions({ item }: { item: OutboxItem }) {
  const [open, setOpen] = useState<'held' | 'discard' | null>(null);
  const retry = useRequest('outbox.retry');
  const makeInternal = useRequest('outbox.make-internal');
  const takingBack = useTakeBack();
  const { mutationId, state } = item;
  // What is on its way may be at the server already: no hand can be laid on it.
  if (item.isOnItsWay || state.kind === 'sending' || state.kind === 'accepted') return null;
  const isGone = isOfNobody(state);
  const problem = retry.sentence ?? makeInternal.sentence ?? takingBack.sentence;

  return (
    <span className="contents">
      {state.kind === 'counting-down' && <SendNow item={item} />}
      {state.kind === 'held' && (
        <Button small onClick={() => setOpen('held')}>
          Look and decide
        </Button>
      )}
      {isParked(state) && state.kind !== 'held' && !isGone && !isOver(state) && (
        <Button small disabled={retry.busy} onClick={() => void retry.send({ mutationId })}>
          {retryWords(state)}
        </Button>
      )}
      {isPost(item) && !isGone && (
        <Button
          small
          look="quiet"
          disabled={takingBack.busy}
          onClick={() => void takingBack.takeBack(item)}
        >
          Edit
        </Button>
      )}
      {isPost(item) && !isGone && item.audience === 'visible' && state.kind !== 'held' && (
        <Button
          small
          look="quiet"
          disabled={makeInternal.busy}
          onClick={() => void makeInternal.send({ mutationId })}
        >
          Make internal
        </Button>
      )}
      <Button small look="danger" onClick={() => setOpen('discard')}>
        Discard
      </Button>
      {problem !== null && (
        <span role="alert" className="text-sm text-danger">
          {problem}
        </span>
      )}
      {open === 'discard' && <DiscardQuestion item={item} onClose={() => setOpen(null)} />}
      {open === 'held' && state.kind === 'held' && (
        <HeldDialog item={item} news={state.news} onClose={() => setOpen(null)} />
      )}
    </span>
  );
}
