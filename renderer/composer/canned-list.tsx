import { MessageSquareQuote, Paperclip, UserRound, Users } from 'lucide-react';
import { Link } from 'wouter';
import type { CannedReply } from '../records.ts';
import { Spoken } from '../ui/spoken.tsx';
import { OFFER_WINDOW, OfferList } from './offer-list.tsx';
import type { Canned } from './use-canned.ts';

export const CANNED_LIST = 'canned-list';

/** What fits behind a slash, and beside it what would be inserted. (C6) */
export function CannedList({ canned }: { canned: Canned }) {
  const { offered, chosen } = canned;
  const reply = offered[chosen];
  if (reply === undefined) return canned.isEmpty ? <NothingToInsert /> : null;
  return (
    <div className={`${OFFER_WINDOW} flex h-[min(276px,38vh)] w-[600px]`}>
      <OfferList
        id={CANNED_LIST}
        label="Canned replies"
        offers={canned}
        keyOf={({ id }) => id}
        className="w-[44%] shrink-0 overflow-y-auto p-1"
      >
        {(each) => <Row reply={each} />}
      </OfferList>
      <Preview reply={reply} canned={canned} />
    </div>
  );
}

function Row({ reply }: { reply: CannedReply }) {
  const isShared = reply.ownerId === null;
  const Icon = isShared ? Users : UserRound;
  return (
    <>
      <Icon aria-hidden size={14} className="shrink-0 text-ink-3" />
      <span dir="auto" className="min-w-0 flex-1 truncate">
        {reply.title}
      </span>
      {!isShared && <Spoken>, yours alone</Spoken>}
      {reply.files.length > 0 && (
        <span className="inline-flex shrink-0 items-center gap-0.5 text-sm text-ink-3 tabular-nums">
          <Paperclip aria-hidden size={12} />
          {reply.files.length}
          <Spoken>{reply.files.length === 1 ? ' file' : ' files'}</Spoken>
        </span>
      )}
    </>
  );
}

/** Filled in for this job; what a person still has to fill in is marked. */
function Preview({ reply, canned }: { reply: CannedReply; canned: Canned }) {
  const { text, unfilled } = canned.filled(reply);
  const parts: { readonly words: string; readonly isUnfilled: boolean }[] = [];
  let done = 0;
  for (const { from, words } of unfilled) {
    parts.push({ words: text.slice(done, from), isUnfilled: false }, { words, isUnfilled: true });
    done = from + words.length;
  }
  parts.push({ words: text.slice(done), isUnfilled: false });
  return (
    <div
      aria-hidden
      className="min-w-0 flex-1 overflow-y-auto border-l border-line bg-surface-2 px-3.5 py-2.5"
    >
      <p dir="auto" className="leading-read whitespace-pre-wrap text-ink-2 wrap-anywhere">
        {parts.map(({ words, isUnfilled }, index) =>
          isUnfilled ? (
            <mark key={`${index} ${words}`} className="rounded-sm bg-warn-soft px-0.5 text-warn">
              {words}
            </mark>
          ) : (
            words
          ),
        )}
      </p>
      {reply.files.map(({ blobId, name }) => (
        <p key={blobId} className="mt-2 flex items-center gap-1.5 text-sm text-ink-3">
          <Paperclip size={12} className="shrink-0" />
          <bdi className="truncate">{name}</bdi>
        </p>
      ))}
    </div>
  );
}

function NothingToInsert() {
  return (
    <div role="note" className={`${OFFER_WINDOW} flex w-[340px] gap-2.5 p-3.5`}>
      <MessageSquareQuote aria-hidden size={16} className="mt-0.5 shrink-0 text-ink-3" />
      <p className="text-pretty text-ink-2">
        No canned reply fits. What you send again and again is written once under{' '}
        <Link href="/settings/canned-replies" className="font-medium text-accent">
          Canned replies
        </Link>
        , or saved from here.
      </p>
    </div>
  );
}
