import type { FeedItem, JobPage } from '../../electron/core/api/contract.ts';
import { FileTile } from '../attachments/file-tile.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { Chip } from '../ui/chip.tsx';
import { classNames } from '../ui/class-names.ts';
import { EntryLine } from './entry-line.tsx';
import { EntryState } from './entry-state.tsx';
import { EntryTime } from './entry-time.tsx';
import { Marked } from './marked.tsx';

/** One entry of the feed: something written, or one line about something done. */
export function FeedEntry({
  item,
  page,
  search,
}: {
  item: FeedItem;
  page: JobPage;
  search: string;
}) {
  const { kind } = item.entry;
  if (kind === 'reply' || kind === 'file') return <Written item={item} search={search} />;
  return <EntryLine item={item} page={page} search={search} />;
}

function Written({ item, search }: { item: FeedItem; search: string }) {
  const { entry, authorName, mine, attachments } = item;
  const isCustomer = entry.author.kind === 'customer';
  const audience = isCustomer ? 'from_customer' : entry.audience;
  const authorId =
    entry.author.kind === 'customer' ? entry.author.customerId : entry.author.memberId;
  return (
    <article
      aria-label={`${mine ? 'You' : authorName}, ${audience === 'from_customer' ? 'from customer' : audience}`}
      className="grid grid-cols-[28px_minmax(0,1fr)] gap-[11px] py-[7px]"
    >
      <Avatar id={authorId} name={authorName} isCustomer={isCustomer} />
      <div className="min-w-0">
        <div className="flex min-h-5 flex-wrap items-center gap-x-2 gap-y-0.5">
          <b dir="auto" className="font-semibold">
            {mine ? 'You' : authorName}
          </b>
          <Chip audience={audience} />
          <EntryTime item={item} />
          <EntryState item={item} />
        </div>
        {entry.kind === 'reply' && (
          <div
            dir="auto"
            className={classNames(
              'max-w-[68ch] text-read leading-read text-pretty break-words whitespace-pre-wrap',
              audience === 'internal'
                ? 'mt-[5px] w-fit rounded-r-md border-l-3 border-internal-line bg-internal px-3 py-[7px]'
                : 'mt-[3px]',
            )}
          >
            <Marked text={entry.text} search={search} />
          </div>
        )}
        {entry.kind === 'file' && attachments.length > 1 && (
          <p className="mt-0.5 text-ink-2">{attachments.length} files</p>
        )}
        {attachments.length > 0 && (
          <div className="mt-2 flex flex-wrap gap-2.5">
            {attachments.map((file) => (
              <FileTile key={file.id} file={file} />
            ))}
          </div>
        )}
      </div>
    </article>
  );
}
