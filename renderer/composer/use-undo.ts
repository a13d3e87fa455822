import type { KeyboardEvent } from 'react';
import { toast } from 'sonner';
import type { JobPage } from '../../electron/core/api/jobs-contract.ts';
import type { OutboxItem } from '../../electron/core/api/outbox-contract.ts';
import type { DraftContent } from '../drafts/drafts.ts';
import { isPost } from '../outbox/outbox-words.ts';
import { useTakeBack } from '../outbox/use-take-back.ts';
import { useQuery } from '../use-query.ts';

/** Ctrl Z in a composer with nothing in it: the last reply of this job comes back, if it has not left yet. (C4) [P8] */
export function useUndo(page: JobPage, draft: DraftContent) {
  const { value: items } = useQuery('outbox.of-job', { jobId: page.job.id });
  const { value: time } = useQuery('outbox.undo-time', {});
  const takingBack = useTakeBack(toast.error);
  const last = items?.findLast(canBeUndone);
  const isEmpty = draft.text === '' && draft.files.length === 0;
  const isCounting = items?.some(({ state }) => state.kind === 'counting-down') === true;
  return {
    /** Answers whether the key was meant for this. */
    onKey: ({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean => {
      const isUndo = key.toLowerCase() === 'z' && (ctrlKey || metaKey) && !shiftKey;
      if (!isUndo || !isEmpty || last === undefined || takingBack.busy) return false;
      void takingBack.takeBack(last);
      return true;
    },
    /** Said once as it begins to count: the seconds are there to be seen. */
    spoken:
      isCounting && time !== undefined
        ? `Sending to ${page.customer.name} in ${time.seconds} s. Ctrl Z takes it back.`
        : '',
  };
}

function canBeUndone(item: OutboxItem): boolean {
  const { audience, state, isOnItsWay } = item;
  const isHere = state.kind === 'counting-down' || (state.kind === 'waiting' && !isOnItsWay);
  return isHere && audience === 'visible' && isPost(item);
}
