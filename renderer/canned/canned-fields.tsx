import { Paperclip, X } from 'lucide-react';
import { useId, useRef } from 'react';
import { pickedFiles } from '../attachments/picked-file.ts';
import type { Intake } from '../attachments/use-intake.ts';
import { Button } from '../ui/button.tsx';
import { INPUT_LOOK, TextField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { sizeWords } from '../ui/size-words.ts';
import { type CannedContent, LONGEST_TITLE } from './canned-draft.ts';
import { unknownVariables, VARIABLES } from './variables.ts';

type Change = (next: (before: CannedContent) => CannedContent) => void;

/** Title, text with its variables, and files. (C6) */
export function CannedFields({
  content,
  intake,
  onChange,
}: {
  content: CannedContent;
  /** Whoever saves waits for it. */
  intake: Intake;
  onChange: Change;
}) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <TextField
        label="Title"
        dir="auto"
        autoFocus={content.title === ''}
        maxLength={LONGEST_TITLE}
        placeholder="What you look for when you need it"
        value={content.title}
        onChange={({ target }) => onChange((before) => ({ ...before, title: target.value }))}
      />
      <TextWithVariables text={content.text} onChange={onChange} />
      <Files files={content.files} intake={intake} onChange={onChange} />
    </div>
  );
}

function TextWithVariables({ text, onChange }: { text: string; onChange: Change }) {
  const id = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const unknown = unknownVariables(text);
  const insert = (variable: string) => {
    const { selectionStart: from, selectionEnd: to } = box.current ?? {
      selectionStart: text.length,
      selectionEnd: text.length,
    };
    onChange((before) => ({
      ...before,
      text: `${before.text.slice(0, from)}{${variable}}${before.text.slice(to)}`,
    }));
    const end = from + variable.length + 2;
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(end, end);
    });
  };
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-medium text-ink-2">
        Text
      </label>
      <textarea
        ref={box}
        id={id}
        dir="auto"
        aria-describedby={`${id}-about`}
        placeholder="Hello {first_name}, …"
        className={`${INPUT_LOOK} field-sizing-content max-h-[42vh] min-h-[132px] w-full resize-none leading-read`}
        value={text}
        onChange={({ target }) => onChange((before) => ({ ...before, text: target.value }))}
      />
      <p id={`${id}-about`} className="mt-1.5 text-sm text-ink-3">
        Words in braces are filled in by the job it is inserted on:
      </p>
      <div role="group" aria-label="Variables" className="mt-1.5 flex flex-wrap gap-1.5">
        {Object.entries(VARIABLES).map(([variable, says]) => (
          <button
            key={variable}
            type="button"
            title={says}
            aria-label={`Insert {${variable}}: ${says}`}
            onClick={() => insert(variable)}
            className="rounded-md border border-line bg-surface-2 px-1.5 py-0.5 text-sm text-ink-2 transition-colors duration-(--fast) hover:border-line-strong hover:text-ink"
          >
            {`{${variable}}`}
          </button>
        ))}
      </div>
      {unknown.length > 0 && (
        <Notice look="warn" className="mt-2.5">
          {unknown.map((name) => `{${name}}`).join(', ')}{' '}
          {unknown.length === 1 ? 'is no variable and stays' : 'are no variables and stay'} as
          typed. Before a customer reply with it goes, you are asked.
        </Notice>
      )}
    </div>
  );
}

function Files({
  files,
  intake,
  onChange,
}: {
  files: CannedContent['files'];
  intake: Intake;
  onChange: Change;
}) {
  const input = useRef<HTMLInputElement>(null);
  const add = (chosen: FileList | null) =>
    intake.add(pickedFiles(chosen ?? []), ({ blobId, name, mediaType, sizeBytes }) =>
      onChange((before) => ({
        ...before,
        files: [...before.files, { blobId, name, mediaType, sizeBytes }],
      })),
    );
  return (
    <div>
      {files.length > 0 && (
        <ul aria-label="Files" className="mb-2 grid gap-1.5">
          {files.map(({ blobId, name, sizeBytes }, index) => (
            <li
              key={`${blobId} ${index}`}
              className="flex items-center gap-2 rounded-lg border border-line py-1 pr-1 pl-2.5"
            >
              <Paperclip aria-hidden size={14} className="shrink-0 text-ink-3" />
              <bdi className="min-w-0 flex-1 truncate" title={name}>
                {name}
              </bdi>
              <span className="shrink-0 text-sm text-ink-3">{sizeWords(sizeBytes)}</span>
              <button
                type="button"
                aria-label={`Remove ${name}`}
                onClick={() =>
                  onChange((before) => ({ ...before, files: before.files.toSpliced(index, 1) }))
                }
                className="grid size-6 shrink-0 place-items-center rounded-md text-ink-3 hover:bg-surface-3 hover:text-ink"
              >
                <X aria-hidden size={13} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {intake.refusals.map(({ key, sentence }) => (
        <Notice key={key} look="danger" className="mb-2">
          {sentence}
        </Notice>
      ))}
      <Button small onClick={() => input.current?.click()}>
        <Paperclip aria-hidden size={14} />
        {intake.running.length > 0 ? 'Adding …' : 'Add files'}
      </Button>
      <span className="ml-2.5 text-sm text-ink-3">
        They join what you write, internal until you make them visible.
      </span>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Choose files"
        onChange={(event) => {
          add(event.target.files);
          event.target.value = '';
        }}
      />
    </div>
  );
}
