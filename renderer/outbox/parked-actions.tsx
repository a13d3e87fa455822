import { useState } from 'react';
import type { OutboxItem } from '../../electron/core/api/contract.ts';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { useRequest } from '../use-request.ts';
import { nameOf } from './outbox-words.ts';

/** Try again, or let it go: the two ways out of a parked item. Discarding asks first, because nobody else has it. */
export function ParkedActions({ item }: { item: OutboxItem }) {
  const [isAsking, setIsAsking] = useState(false);
  const retry = useRequest('outbox.retry');
  const discard = useRequest('outbox.discard');
  const { mutationId } = item;
  const problem = retry.sentence ?? discard.sentence;
  return (
    <span className="inline-flex items-center gap-1">
      <Button small disabled={retry.busy} onClick={() => void retry.send({ mutationId })}>
        Try again
      </Button>
      <Button small look="danger" disabled={discard.busy} onClick={() => setIsAsking(true)}>
        Discard
      </Button>
      {problem !== null && (
        <span role="alert" className="text-sm text-danger">
          {problem}
        </span>
      )}
      {isAsking && (
        <Confirm
          title="Discard this for good?"
          action="Discard"
          keep="Keep it"
          onConfirm={() => void discard.send({ mutationId })}
          onClose={() => setIsAsking(false)}
        >
          <p>{nameOf(item)} is on this device alone. Nobody has seen it.</p>
          {item.text !== '' && (
            <blockquote className="mt-2 max-h-40 overflow-y-auto border-l-3 border-line-strong pl-3 whitespace-pre-wrap text-ink">
              {item.text}
            </blockquote>
          )}
        </Confirm>
      )}
    </span>
  );
}
