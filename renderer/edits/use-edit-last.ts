import type { KeyboardEvent } from 'react';
import { toast } from 'sonner';
import type { JobPage } from '../../electron/core/api/jobs-contract.ts';
import type { DraftContent } from '../drafts/drafts.ts';
import { useTakeBack } from '../outbox/use-take-back.ts';
import { useQuery } from '../use-query.ts';
import { useEditing } from './editing.tsx';

/**
 * ↑ in a composer with nothing in it: the last thing the person wrote is edited where it stands. What nobody has yet comes back
 * into the composer. (C4, C10)
 */
export function useEditLast(page: JobPage, draft: DraftContent) {
  const editing = useEditing();
  const takingBack = useTakeBack(toast.error);
  const { value: items } = useQuery('outbox.of-job', { jobId: page.job.id });
  const isEmpty = draft.text === '' && draft.files.length === 0;
  return {
    /** Answers whether the key was meant for this. */
    onKey: ({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): boolean => {
      const isPlain = !ctrlKey && !metaKey && !shiftKey && !altKey;
      const last = editing.lastOwn();
      if (key !== 'ArrowUp' || !isPlain || !isEmpty || last === null) return false;
      if (last.editBasis !== null) return editing.begin(last);
      const unsent = items?.find(({ mutationId }) => mutationId === last.mutationId);
      const isOut = unsent?.isOnItsWay !== false || unsent.state.kind === 'sending';
      if (!unsent?.isPost || isOut || takingBack.busy) return false;
      void takingBack.takeBack(unsent);
      return true;
    },
  };
}
