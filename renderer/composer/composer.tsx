import { Eye, Lock } from 'lucide-react';
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type Ref,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import { toast } from 'sonner';
import type { JobPage } from '../../electron/core/api/jobs-contract.ts';
import { FolderOffer } from '../attachments/folder-offer.tsx';
import { pickedFiles, pickedFrom } from '../attachments/picked-file.ts';
import { useEditLast } from '../edits/use-edit-last.ts';
import { openMenu } from '../jobs/open-menu.ts';
import type { Audience } from '../records.ts';
import { useAskedLater } from '../scheduled/ask-later.ts';
import type { When } from '../scheduled/send-times.ts';
import { useShortcut } from '../shell/use-shortcut.ts';
import { classNames } from '../ui/class-names.ts';
import { LiveRegion } from '../ui/spoken.tsx';
import { useAskedForCanned } from './ask-for-canned.ts';
import { dayAndTime } from '../ui/time-words.ts';
import { AudienceSwitch } from './audience-switch.tsx';
import { READER_WORDS } from './audience-words.ts';
import { CANNED_LIST, CannedList } from './canned-list.tsx';
import { ComposerFoot } from './composer-foot.tsx';
import type { ComposerHandle } from './composer-handle.ts';
import { ComposerWarnings } from './composer-warnings.tsx';
import { FileTray } from './file-tray.tsx';
import { MENTION_LIST, MentionList } from './mention-list.tsx';
import { offerAttributes } from './offer-list.tsx';
import { LeakQuestion } from './leak-question.tsx';
import { UnsentReply } from './unsent-reply.tsx';
import { useCanned } from './use-canned.ts';
import { useComposer } from './use-composer.ts';
import { useLeakCheck } from './use-leak-check.ts';
import { useMentions } from './use-mentions.ts';
import { useUndo } from './use-undo.ts';

/** The border speaks too, and so does the mark of the focus: amber for the team, blue with a glow for the customer. (C1) */
const FRAMES: Readonly<Record<Audience, string>> = {
  internal:
    'border-internal-line has-[textarea:focus-visible]:outline-internal-ink shadow-[0_0_0_4px_color-mix(in_srgb,var(--internal-bg)_70%,transparent),var(--shadow-1)]',
  visible:
    'border-visible-line has-[textarea:focus-visible]:outline-visible-ink shadow-[0_0_0_4px_color-mix(in_srgb,var(--visible-bg)_80%,transparent),var(--shadow-1)]',
};

interface Sending {
  /** Null where it is to leave now. */
  readonly when: When | null;
  /** As the person saw the job: what comes while a question covers it was not seen. [P6] */
  readonly seenVersion: number;
}

/**
 * One composer, two audiences. It is keyed by job, like its draft. However much is written and attached, it leaves the feed its
 * part of the window: text and files scroll, while who reads it, what to know before sending and the button stay in sight.
 */
export function Composer({
  page,
  onPosted,
  onWriting,
  ref,
}: {
  page: JobPage;
  onPosted: () => void;
  /** With each key: colleagues may see that somebody writes. (H8) */
  onWriting: () => void;
  ref: Ref<ComposerHandle>;
}) {
  const composer = useComposer(page);
  const textarea = useRef<HTMLTextAreaElement>(null);
  const { draft } = composer;

  const write = (audience: Audience) => {
    composer.setAudience(audience);
    // The tab that holds the composer may only now be coming into view.
    requestAnimationFrame(() => textarea.current?.focus());
  };
  const input = useRef<HTMLInputElement>(null);
  const chooseFiles = () => input.current?.click();
  useImperativeHandle(ref, () => ({ write, chooseFiles, addFiles: composer.addFiles }));
  useShortcut([{ key: 'u', mod: true, shift: false }], chooseFiles);

  const undo = useUndo(page, draft);
  const editLast = useEditLast(page, draft);
  const leakCheck = useLeakCheck(page.job.id);
  // What the question before it is about.
  const [asked, setAsked] = useState<Sending | null>(null);
  const send = async ({ when, seenVersion }: Sending) => {
    leakCheck.close();
    const isTaken =
      when === null ? composer.post(seenVersion) : composer.schedule(when, seenVersion);
    if (!(await isTaken)) return;
    if (when !== null) toast(`Scheduled for ${dayAndTime(when.sendAt)}`);
    textarea.current?.focus();
    onPosted();
  };
  const post = async (when: When | null = null) => {
    if (!composer.canPost || leakCheck.busy) return;
    const sending = { when, seenVersion: page.seenVersion };
    setAsked(sending);
    if (await leakCheck.mayGo(draft)) await send(sending);
  };
  const later = useRef<HTMLButtonElement>(null);
  const offerTimes = () => {
    if (!composer.canPost) {
      write('visible');
      return;
    }
    // The menu stands beside the button that sends to the customer, which may only now be there.
    composer.setAudience('visible');
    requestAnimationFrame(() => openMenu(later.current));
  };
  useShortcut([{ key: 'enter', mod: true, shift: true }], offerTimes);
  useAskedLater(offerTimes);
  useShortcut([{ code: 'Digit1', alt: true }], () => composer.setAudience('internal'));
  useShortcut([{ code: 'Digit2', alt: true }], () => composer.setAudience('visible'));
  useShortcut([{ key: 'a', mod: true, shift: true }], () =>
    composer.setAudience(draft.audience === 'internal' ? 'visible' : 'internal'),
  );
  const mentions = useMentions({
    textarea,
    text: draft.text,
    isNote: draft.audience === 'internal',
    setText: composer.setText,
  });
  const canned = useCanned({
    textarea,
    text: draft.text,
    page,
    setText: composer.setText,
    bring: composer.bring,
  });
  useAskedForCanned(canned.open);
  const onKeyDown = (event: KeyboardEvent) => {
    const isTaken =
      mentions.onKey(event) || canned.onKey(event) || undo.onKey(event) || editLast.onKey(event);
    if (isTaken) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const isEnter = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
    if (isEnter && event.shiftKey) offerTimes();
    else if (isEnter) void post();
    else if (event.key === 'Escape') textarea.current?.blur();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onPaste = (event: ClipboardEvent) => {
    const picked = pickedFrom(event.clipboardData);
    if (picked.length === 0) return;
    event.preventDefault();
    composer.addFiles(picked);
  };

  return (
    <section
      aria-label={draft.audience === 'internal' ? 'Internal note' : 'Customer reply'}
      className={classNames(
        'relative mx-6 mb-[18px] flex max-h-[max(45vh,210px)] flex-col rounded-xl border-[1.5px] bg-surface transition-[border-color,box-shadow] duration-(--calm)',
        'has-[textarea:focus-visible]:outline-2 has-[textarea:focus-visible]:-outline-offset-2',
        FRAMES[draft.audience],
      )}
    >
      <MentionList mentions={mentions} />
      <CannedList canned={canned} />
      <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 px-2.5 pt-2">
        <AudienceSwitch
          audience={draft.audience}
          onChange={composer.setAudience}
          disabled={composer.posting}
        />
        <Reader page={page} audience={draft.audience} />
      </div>
      <div className="mt-1.5 min-h-0 flex-1 overflow-y-auto">
        <textarea
          ref={textarea}
          dir="auto"
          aria-label={draft.audience === 'internal' ? 'Note' : `Reply to ${page.customer.name}`}
          placeholder={
            draft.audience === 'internal'
              ? 'Write a note for your team; @ calls a colleague'
              : `Write to ${page.customer.name}; / inserts a canned reply`
          }
          value={draft.text}
          readOnly={composer.posting || composer.draftState === 'loading'}
          onChange={(event) => {
            composer.setText(event.target.value);
            mentions.onCaret();
            canned.onCaret();
            onWriting();
          }}
          onSelect={() => {
            mentions.onCaret();
            canned.onCaret();
          }}
          {...offerAttributes(MENTION_LIST, mentions)}
          {...offerAttributes(CANNED_LIST, canned)}
          aria-autocomplete="list"
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          className="block field-sizing-content min-h-[58px] w-full resize-none overflow-hidden bg-transparent px-3.5 pt-0.5 pb-1 text-read leading-read focus-visible:outline-none"
        />
        <FileTray
          files={draft.files}
          intake={composer.intake}
          onAudience={composer.setFileAudience}
          onLocation={composer.setFileLocation}
          onRemove={composer.removeFile}
        />
      </div>
      {composer.intake.folders.map(({ key, content }) => (
        <FolderOffer
          key={key}
          content={content}
          onAdd={(files) => composer.addFiles(pickedFiles(files))}
          onClose={() => composer.intake.dismiss(key)}
        />
      ))}
      {leakCheck.leaks !== null && asked !== null && (
        <LeakQuestion
          customerName={page.customer.name}
          leaks={leakCheck.leaks}
          onSend={() => void send(asked)}
          onClose={leakCheck.close}
        />
      )}
      <UnsentReply page={page} composer={composer} />
      <ComposerWarnings page={page} composer={composer} />
      <LiveRegion>{undo.spoken}</LiveRegion>
      <ComposerFoot
        page={page}
        composer={composer}
        input={input}
        onInsertCanned={canned.open}
        laterRef={later}
        onPost={() => void post()}
        onSchedule={(at) => void post(at)}
      />
    </section>
  );
}

function Reader({ page, audience }: { page: JobPage; audience: Audience }) {
  const Icon = audience === 'internal' ? Lock : Eye;
  return (
    <p
      aria-live="polite"
      className={classNames(
        'flex min-w-0 flex-[1_1_180px] items-center justify-end text-sm',
        audience === 'internal' ? 'text-internal-ink' : 'text-visible-ink',
      )}
    >
      <Icon aria-hidden size={14} className="mr-1.5 shrink-0" />
      {audience === 'visible' && <bdi className="truncate">{page.customer.name}</bdi>}
      <span className="shrink-0 whitespace-pre">{READER_WORDS[audience]}</span>
    </p>
  );
}
