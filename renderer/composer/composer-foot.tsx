import { Paperclip } from 'lucide-react';
import type { Ref, RefObject } from 'react';
import type { JobPage } from '../../electron/core/api/jobs-contract.ts';
import { pickedFiles } from '../attachments/picked-file.ts';
import { SendLaterMenu } from '../scheduled/send-later-menu.tsx';
import type { When } from '../scheduled/send-times.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Kbd } from '../ui/kbd.tsx';
import { countWords } from '../ui/size-words.ts';
import { sendWords } from './audience-words.ts';
import { CannedMenu } from './canned-menu.tsx';
import { type ComposerState, LONGEST_TEXT, MOST_FILES } from './use-composer.ts';

/** Attach, what becomes of the draft, and the button that says who will read it. (C1) */
export function ComposerFoot({
  page,
  composer,
  input,
  onInsertCanned,
  laterRef,
  onPost,
  onSchedule,
}: {
  page: JobPage;
  composer: ComposerState;
  input: RefObject<HTMLInputElement | null>;
  onInsertCanned: () => void;
  laterRef: Ref<HTMLButtonElement>;
  onPost: () => void;
  onSchedule: (when: When) => void;
}) {
  const { draft } = composer;
  return (
    <div className="flex shrink-0 items-center gap-1 pt-1.5 pr-2 pb-2 pl-2.5 text-ink-3">
      <IconButton label="Attach files" keys="Ctrl U" onClick={() => input.current?.click()}>
        <Paperclip aria-hidden size={16} />
      </IconButton>
      <CannedMenu page={page} draft={draft} onInsert={onInsertCanned} />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Choose files"
        onChange={(event) => {
          composer.addFiles(pickedFiles(event.target.files ?? []));
          event.target.value = '';
        }}
      />
      <span className="ml-1.5 min-w-0 truncate text-sm">
        <DraftWords composer={composer} />
      </span>
      <Button
        look={draft.audience === 'visible' ? 'primary' : 'ink'}
        className={classNames(
          'ml-auto max-w-[60%] min-w-0 shrink',
          draft.audience === 'visible' && 'rounded-r-none',
        )}
        disabled={!composer.canPost}
        onClick={onPost}
      >
        <span className="truncate">{sendWords(page, draft)}</span>
        <Kbd inverse>Ctrl ↵</Kbd>
      </Button>
      {draft.audience === 'visible' && (
        <SendLaterMenu
          page={page}
          disabled={!composer.canPost}
          onSchedule={onSchedule}
          ref={laterRef}
        />
      )}
    </div>
  );
}

function DraftWords({ composer }: { composer: ComposerState }) {
  const { draft, draftState } = composer;
  if (draft.text.length > LONGEST_TEXT)
    return (
      <span role="alert" className="text-danger">
        {countWords(draft.text.length - LONGEST_TEXT)} characters too long to post
      </span>
    );
  if (draft.files.length > MOST_FILES)
    return (
      <span role="alert" className="text-danger">
        {MOST_FILES} files at most in one post: take {countWords(draft.files.length - MOST_FILES)}{' '}
        out and post them after this
      </span>
    );
  if (draftState === 'failed')
    return (
      <span role="alert" className="text-danger">
        This device could not keep the draft. Post it before you leave.
      </span>
    );
  if (composer.isBringing) return <span role="status">Adding its files …</span>;
  const isEmpty = draft.text.trim() === '' && draft.files.length === 0;
  return isEmpty ? null : 'Draft kept on this device';
}
