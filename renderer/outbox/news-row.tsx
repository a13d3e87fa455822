import type { News } from '../../electron/core/api/outbox-contract.ts';
import { previewWords } from '../activity/preview-words.ts';
import { Chip } from '../ui/chip.tsx';
import { timeOrDay } from '../ui/time-words.ts';

/** Something others did meanwhile, beside what was held because of it. (C5) */
export function NewsRow({ news }: { news: News }) {
  const { preview, text, at } = news;
  return (
    <li>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
        <b dir="auto" className="min-w-0 font-semibold">
          {preview.authorName}
        </b>
        <Chip audience={preview.fromCustomer ? 'from_customer' : preview.audience} />
        <time dateTime={at} className="text-sm text-ink-3 tabular-nums">
          {timeOrDay(at, new Date())}
        </time>
      </div>
      <p dir="auto" className="mt-0.5 text-read leading-read whitespace-pre-wrap">
        {text === '' ? previewWords(preview) : text}
      </p>
    </li>
  );
}
