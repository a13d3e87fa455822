import { toast } from 'sonner';
import type { OutboxItem } from '../../electron/core/api/outbox-contract.ts';
import { Confirm } from '../ui/dialog.tsx';
import { useRequest } from '../use-request.ts';
import { nameOf } from './outbox-words.ts';

/** Discarding asks first, because nobody else has it. Shows the thing itself. */
export function DiscardQuestion({ item, onClose }: { item: OutboxItem; onClose: () => void }) {
  const discard = useRequest('outbox.discard', toast.error);
  return (
    <Confirm
      title="Discard this for good?"
      action="Discard"
      keep="Keep it"
      onConfirm={() => void discard.send({ mutationId: item.mutationId })}
      onClose={onClose}
    >
      <p>{nameOf(item)} is on this device alone. Nobody has seen it.</p>
      {item.text !== '' && (
        <blockquote className="mt-2 max-h-40 overflow-y-auto border-l-3 border-line-strong pl-3 whitespace-pre-wrap text-ink">
          {item.text}
        </blockquote>
      )}
    </Confirm>
  );
}
