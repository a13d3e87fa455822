import type { OutboxItem } from '../../electron/core/api/outbox-contract.ts';
import type { WantedLook } from '../../electron/core/api/session-contract.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { countWords } from '../ui/size-words.ts';
import { timeOrDay } from '../ui/time-words.ts';
import { useNow } from '../ui/use-now.ts';
import { useRequest } from '../use-request.ts';
import { awayWords, forLookWords, waitsForLook } from './outbox-words.ts';

/** After a long spell away nothing goes to customers until a person has looked; what they have before them is what is sent. [P7] */
export function LookNotice({
  look,
  items,
  onSent,
}: {
  look: WantedLook;
  items: readonly OutboxItem[];
  onSent: () => void;
}) {
  const now = useNow();
  const sending = useRequest('outbox.send-to-customers');
  const mutationIds = items.filter(waitsForLook).map(({ mutationId }) => mutationId);
  if (mutationIds.length === 0) return null;
  const send = async () => {
    if ((await sending.send({ mutationIds })) !== undefined) onSent();
  };
  return (
    <Notice look="calm" className="mx-6 my-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-72">
          <b className="font-semibold text-ink">
            This device was away for {awayWords(look)}, since {timeOrDay(look.awayFrom, now)}.
          </b>{' '}
          {forLookWords(mutationIds.length)}: send them as they are, or change what is out of date
          first. What follows on the same jobs waits with them.
        </p>
        <Button look="primary" disabled={sending.busy} onClick={() => void send()}>
          Send {countWords(mutationIds.length)} to customers
        </Button>
      </div>
      {sending.sentence !== null && (
        <p role="alert" className="mt-1.5 text-danger">
          {sending.sentence}
        </p>
      )}
    </Notice>
  );
}
