import type { JobPage } from '../../electron/core/api/jobs-contract.ts';
import { Notice } from '../ui/notice.tsx';
import { hiddenStageWords, mixedWords } from './audience-words.ts';
import type { ComposerState } from './use-composer.ts';

/** What the person should know before sending; nothing most of the time. */
export function ComposerWarnings({ page, composer }: { page: JobPage; composer: ComposerState }) {
  const { draft } = composer;
  const mixed = mixedWords(page, draft);
  const hidden = hiddenStageWords(page, draft);
  if (mixed === null && hidden === null && composer.sentence === null) return null;
  return (
    <div className="mx-3 mt-1.5 grid max-h-[max(14vh,54px)] shrink-0 auto-rows-max grid-cols-[minmax(0,1fr)] gap-1.5 overflow-y-auto text-sm">
      {mixed !== null && (
        <Notice look="warn">
          {mixed}{' '}
          <button
            type="button"
            onClick={() => composer.setFilesAudience(draft.audience)}
            className="rounded-sm font-semibold underline underline-offset-2"
          >
            {draft.audience === 'visible' ? 'Make visible' : 'Keep internal'}
          </button>
        </Notice>
      )}
      {hidden !== null && <Notice look="calm">{hidden}</Notice>}
      {composer.sentence !== null && (
        <Notice look="danger">Not posted. {composer.sentence} Your draft is kept.</Notice>
      )}
    </div>
  );
}
