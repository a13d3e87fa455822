import type { FeedItem, JobPage } from '../../electron/core/api/jobs-contract.ts';
import { undoneWords } from '../files/undone-words.ts';
import { EditedLine } from '../edits/edited-line.tsx';
import { useEditing } from '../edits/editing.tsx';
import { EntryEditor } from '../edits/entry-editor.tsx';
import { LinkedText } from '../links/linked-text.tsx';
import { useOffice } from '../shell/office.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { Chip } from '../ui/chip.tsx';
import { classNames } from '../ui/class-names.ts';
import { DeliveryLine } from './delivery-line.tsx';
import { useNow } from '../ui/use-now.ts';
import { EntryFiles } from './entry-files.tsx';
import { EntryLine } from './entry-line.tsx';
import { EntryMenu } from './entry-menu.tsx';
import { EntryState } from './entry-state.tsx';
import { EntryTime } from './entry-time.tsx';

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
  if (kind === 'reply' || kind === 'file')
    return <Written item={item} page={page} search={search} />;
  return <EntryLine item={item} page={page} search={search} />;
}

function Written({ item, page, search }: { item: FeedItem; page: JobPage; search: string }) {
  const { entry, authorName, mine, attachments, undone } = item;
  const { draft } = useEditing();
  // What was typed for a text that was withdrawn meanwhile goes when the person drops it. (C3)
  const canStay = undone === null || (undone.how === 'withdrawn' && draft?.isChanged === true);
  const edit = draft?.entryId === entry.id && canStay ? draft : undefined;
  const now = useNow();
  const { members } = useOffice();
  const hasWords = entry.kind === 'reply' && entry.text !== '' && undone?.how !== 'redacted';
  const isCustomer = entry.author.kind === 'customer';
  const audience = isCustomer ? 'from_customer' : entry.audience;
  const authorId =
    entry.author.kind === 'customer' ? entry.author.customerId : entry.author.memberId;
  return (
    <article
      aria-label={`${mine ? 'You' : authorName}, ${audience === 'from_customer' ? 'from customer' : audience}`}
      className="group/entry grid grid-cols-[28px_minmax(0,1fr)] gap-[11px] py-[7px]"
    >
      <Avatar id={authorId} name={authorName} isCustomer={isCustomer} />
      <div className="min-w-0">
        <div className="flex min-h-5 flex-wrap items-center gap-x-2 gap-y-0.5 wrap-anywhere">
          <b dir="auto" className="font-semibold">
            {mine ? 'You' : authorName}
          </b>
          <Chip audience={audience} />
          <EntryTime item={item} />
          {entry.kind === 'reply' && undone?.how !== 'redacted' && (
            <EditedLine entry={entry} page={page} />
          )}
          <DeliveryLine item={item} />
          <EntryState item={item} reader={page.customer.name} />
          <EntryMenu item={item} page={page} />
        </div>
        {undone !== null && (
          <p className="mt-0.5 text-pretty text-ink-2 italic">
            {undoneWords(undone, page.customer.name, now)}
          </p>
        )}
        {entry.kind === 'reply' && edit !== undefined && (
          <EntryEditor item={item} entry={entry} draft={edit} page={page} />
        )}
        {entry.kind === 'reply' && hasWords && edit === undefined && (
          <div
            dir="auto"
            className={classNames(
              'max-w-[68ch] text-read leading-read text-pretty break-words whitespace-pre-wrap',
              audience === 'internal'
                ? 'mt-[5px] w-fit rounded-r-md border-l-3 border-internal-line bg-internal px-3 py-[7px]'
                : 'mt-[3px]',
              undone !== null && 'text-ink-3 line-through',
            )}
          >
            <LinkedText
              text={entry.text}
              search={search}
              {...(audience === 'internal' && { names: members.map(({ name }) => name) })}
            />
          </div>
        )}
        {entry.kind === 'file' && attachments.length > 1 && (
          <p className="mt-0.5 text-ink-2">{attachments.length} files</p>
        )}
        <EntryFiles item={item} page={page} search={search} />
      </div>
    </article>
  );
}
