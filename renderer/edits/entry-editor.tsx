import { Eye, Lock } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { toast } from 'sonner';
import type { FeedItem, JobPage } from '../../electron/core/api/jobs-contract.ts';
import { LeakQuestion } from '../composer/leak-question.tsx';
import { MENTION_LIST, MentionList } from '../composer/mention-list.tsx';
import { offerAttributes } from '../composer/offer-list.tsx';
import { LONGEST_TEXT } from '../composer/use-composer.ts';
import { useLeakCheck } from '../composer/use-leak-check.ts';
import { useMentions } from '../composer/use-mentions.ts';
import type { Audience, EntryOf } from '../records.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Confirm } from '../ui/dialog.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { Notice } from '../ui/notice.tsx';
import { countWords } from '../ui/size-words.ts';
import { useRequest } from '../use-request.ts';
import { type EntryDraft, useEditing } from './editing.tsx';
import { StandsOtherwise } from './stands-otherwise.tsx';

const FRAMES: Readonly<Record<Audience, string>> = {
  internal: 'border-internal-line bg-internal has-[textarea:focus-visible]:outline-internal-ink',
  visible: 'border-visible-line bg-surface has-[textarea:focus-visible]:outline-visible-ink',
};

/** An own text, put right where it stands; who will read the new one is said as loudly as in the composer. (C1, C10) */
export function EntryEditor({
  item,
  entry,
  draft,
  page,
}: {
  item: FeedItem;
  entry: EntryOf<'reply'>;
  draft: EntryDraft;
  page: JobPage;
}) {
  const editing = useEditing();
  const textarea = useRef<HTMLTextAreaElement>(null);
  const request = useRequest('entries.edit');
  const leakCheck = useLeakCheck(page.job.id);
  const [isAsking, setIsAsking] = useState(false);
  const { audience } = entry;
  const { text } = draft;
  const standsOtherwise = item.editBasis !== null && item.editBasis !== draft.basedOn;
  const tooMany = text.length - LONGEST_TEXT;
  const isWithdrawn = item.undone !== null;
  const canSave =
    tooMany <= 0 && !standsOtherwise && !isWithdrawn && !request.busy && !leakCheck.busy;
  useBegin(textarea, editing.isBegun);

  const cancel = () => {
    if (draft.isChanged && text !== entry.text) setIsAsking(true);
    else editing.end();
  };
  const send = async () => {
    leakCheck.close();
    const { entryId, basedOn } = draft;
    const answer = await request.send({ entryId, basedOn, text: text.trimEnd() });
    if (answer === undefined) return;
    if (text.trimEnd() !== entry.text) toast('Edited');
    editing.end();
  };
  const save = async () => {
    if (!canSave) return;
    if (await leakCheck.mayGo({ audience, text, files: [] })) await send();
  };
  const setText = (next: string) => {
    request.clear();
    editing.write(next);
  };
  const mentions = useMentions({ textarea, text, isNote: audience === 'internal', setText });
  const onKeyDown = (event: KeyboardEvent) => {
    if (mentions.onKey(event)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save();
    else if (event.key === 'Escape') cancel();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <section
      aria-label={audience === 'internal' ? 'Edit the note' : 'Edit the reply'}
      className={classNames(
        'relative mt-1.5 max-w-[76ch] rounded-lg border-[1.5px] has-[textarea:focus-visible]:outline-2 has-[textarea:focus-visible]:-outline-offset-2',
        FRAMES[audience],
      )}
    >
      <MentionList mentions={mentions} />
      {!isWithdrawn && <Reader page={page} audience={audience} />}
      <textarea
        ref={textarea}
        dir="auto"
        aria-label={audience === 'internal' ? 'Text of the note' : 'Text of the reply'}
        value={text}
        readOnly={request.busy}
        onChange={(event) => {
          setText(event.target.value);
          mentions.onCaret();
        }}
        onSelect={mentions.onCaret}
        {...offerAttributes(MENTION_LIST, mentions)}
        aria-autocomplete="list"
        onKeyDown={onKeyDown}
        className="block field-sizing-content max-h-[45vh] min-h-[52px] w-full resize-none overflow-y-auto bg-transparent px-3 py-1 text-read leading-read focus-visible:outline-none"
      />
      {standsOtherwise && (
        <StandsOtherwise
          text={entry.text}
          onKeepMine={() => editing.rebase(item.editBasis ?? draft.basedOn)}
          onTakeThat={editing.end}
        />
      )}
      {isWithdrawn && (
        <div className="mx-2.5 mb-1.5 text-sm">
          <Notice look="warn">
            This was withdrawn meanwhile, so it cannot be edited. Copy what you typed, then cancel.
          </Notice>
        </div>
      )}
      {request.sentence !== null && (
        <div className="mx-2.5 mb-1.5 text-sm">
          <Notice look="danger">Not saved. {request.sentence}</Notice>
        </div>
      )}
      <div className="flex flex-wrap items-center justify-end gap-1.5 px-2 pb-2">
        <span className="min-w-0 flex-1 px-1 text-sm text-ink-3">
          <StateWords tooMany={tooMany} isLost={editing.draftState === 'failed'} />
        </span>
        <Button small look="quiet" disabled={request.busy} onClick={cancel}>
          Cancel <Kbd>Esc</Kbd>
        </Button>
        <Button
          small
          look={audience === 'visible' ? 'primary' : 'ink'}
          disabled={!canSave}
          onClick={() => void save()}
        >
          Save <Kbd inverse>Ctrl ↵</Kbd>
        </Button>
      </div>
      {leakCheck.leaks !== null && (
        <LeakQuestion
          customerName={page.customer.name}
          leaks={leakCheck.leaks}
          onSend={() => void send()}
          onClose={leakCheck.close}
        />
      )}
      {isAsking && (
        <Confirm
          title="Drop what you changed?"
          action="Drop it"
          keep="Go on editing"
          onConfirm={editing.end}
          onClose={() => setIsAsking(false)}
        >
          <p className="text-pretty">The text stays as it was before you began to edit it.</p>
        </Confirm>
      )}
    </section>
  );
}

/** The cursor goes behind the last letter, once, when the person has just begun. */
function useBegin(textarea: RefObject<HTMLTextAreaElement | null>, isBegun: boolean): void {
  useEffect(() => {
    if (!isBegun) return undefined;
    const frame = requestAnimationFrame(() => {
      const { current } = textarea;
      current?.focus();
      current?.setSelectionRange(current.value.length, current.value.length);
      current?.closest('section')?.scrollIntoView({ block: 'nearest' });
    });
    return () => cancelAnimationFrame(frame);
  }, [textarea, isBegun]);
}

function Reader({ page, audience }: { page: JobPage; audience: Audience }) {
  const Icon = audience === 'internal' ? Lock : Eye;
  return (
    <p
      className={classNames(
        'flex min-w-0 items-center px-3 pt-1.5 text-sm',
        audience === 'internal' ? 'text-internal-ink' : 'text-visible-ink',
      )}
    >
      <Icon aria-hidden size={14} className="mr-1.5 shrink-0" />
      {audience === 'visible' ? (
        <>
          <bdi className="truncate">{page.customer.name}</bdi>
          <span className="shrink-0 whitespace-pre"> sees the new text</span>
        </>
      ) : (
        <span>Only your team sees the new text</span>
      )}
    </p>
  );
}

function StateWords({ tooMany, isLost }: { tooMany: number; isLost: boolean }) {
  if (tooMany > 0)
    return (
      <span role="alert" className="text-danger">
        {countWords(tooMany)} characters too long
      </span>
    );
  return isLost ? (
    <span role="alert" className="text-danger">
      This device could not keep what you typed. Save before you leave.
    </span>
  ) : null;
}
