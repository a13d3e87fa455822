import { useEffect, useEffectEvent } from 'react';
import type { JobPage } from '../../electron/core/api/jobs-contract.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useQuery } from '../use-query.ts';
import { useRequest } from '../use-request.ts';
import type { ComposerState } from './use-composer.ts';

/**
 * A customer reply that was typed into a notice and could not leave without a look goes into the composer, as what it was typed
 * as. It is in the draft before the core lets go of it. Another draft is not touched: then it waits beside it. (F4, C2)
 */
export function UnsentReply({ page, composer }: { page: JobPage; composer: ComposerState }) {
  const { value: unsent } = useQuery('notices.unsent-reply', { jobId: page.job.id });
  const settle = useRequest('notices.settle-reply');
  const { draft, draftState } = composer;
  const text = unsent?.text;
  const isFree = draft.text.trim() === '' && draft.files.length === 0;
  const canTake = text !== undefined && isFree && draftState !== 'loading';

  const take = useEffectEvent((reply: string) => {
    composer.setAudience('visible');
    composer.setText(reply);
    void settle.send({ jobId: page.job.id });
  });
  useEffect(() => {
    if (canTake) take(text);
  }, [canTake, text]);

  if (text === undefined || isFree || text === draft.text) return null;
  return (
    <div className="mx-3 mb-1.5 shrink-0 text-sm">
      <Notice look="warn">
        The reply to {page.customer.name} you typed into a notification was not sent. It comes here
        when you have posted or cleared this draft:
        <p dir="auto" className="mt-1 max-h-16 overflow-y-auto whitespace-pre-wrap text-ink">
          {text}
        </p>
        <Button
          small
          look="quiet"
          className="mt-1 -ml-2.5"
          disabled={settle.busy}
          onClick={() => void settle.send({ jobId: page.job.id })}
        >
          Discard it
        </Button>
      </Notice>
    </div>
  );
}
