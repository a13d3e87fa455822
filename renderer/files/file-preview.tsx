import { ChevronLeft, ChevronRight, Download, ExternalLink, X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import type { FeedAudience } from '../../electron/core/api/jobs-contract.ts';
import type { FeedAttachment } from '../../electron/core/api/files-contract.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Chip } from '../ui/chip.tsx';
import { countWords, sizeWords } from '../ui/size-words.ts';
import { LiveRegion } from '../ui/spoken.tsx';
import { PreviewBody } from './preview-body.tsx';
import { saveFile } from './save-file.ts';

/**
 * A file as large as the window allows; the arrows go to the next one, the space bar and Esc back. What cannot be shown says
 * what it is. (D9)
 */
export function FilePreview<File extends FeedAttachment>({
  file,
  place,
  onStep,
  onOpen,
  onClose,
  note,
  audienceOf,
  returnFocus,
  children,
}: {
  file: File;
  /** Which one of how many. */
  place: { readonly index: number; readonly count: number };
  onStep: (by: 1 | -1) => void;
  /** With the system's program; null where nothing opens it. */
  onOpen: ((file: File) => void) | null;
  onClose: () => void;
  /** Beside the type and size: when, by whom. */
  note?: (file: File) => ReactNode;
  /** Where it is known who sent it. */
  audienceOf?: (file: File) => FeedAudience;
  /** Where the keyboard goes afterwards, if not back to where it was. */
  returnFocus?: () => void;
  /** More that can be done with the file shown. */
  children?: (file: File) => ReactNode;
}) {
  const content = useRef<HTMLDivElement>(null);
  const { index, count } = place;
  const step = (by: 1 | -1) => {
    if (index + by >= 0 && index + by < count) onStep(by);
  };
  const isGone = file.undone?.how === 'redacted';
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-fade-in bg-[rgb(20_18_14/.72)]" />
        <Dialog.Content
          ref={content}
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            content.current?.focus();
          }}
          onCloseAutoFocus={(event) => {
            if (returnFocus === undefined) return;
            event.preventDefault();
            returnFocus();
          }}
          onKeyDown={(event) => {
            if (event.target instanceof HTMLElement && event.target.closest('[role=menu]')) return;
            const isOnButton = event.target instanceof HTMLButtonElement;
            if (event.key === 'ArrowRight') step(1);
            else if (event.key === 'ArrowLeft') step(-1);
            else if (event.key === ' ' && !isOnButton) onClose();
            else return;
            event.preventDefault();
          }}
          className="fixed inset-4 z-40 flex animate-fade-in flex-col overflow-hidden rounded-[14px] bg-surface outline-none"
        >
          <header className="flex items-center gap-2 border-b border-line py-2 pr-2.5 pl-4">
            <div className="min-w-0 flex-1">
              <div className="flex items-center gap-2.5">
                <Dialog.Title
                  dir="auto"
                  title={file.name}
                  className="min-w-0 truncate font-semibold"
                >
                  {file.name}
                </Dialog.Title>
                <Chip audience={audienceOf?.(file) ?? file.audience} />
              </div>
              <p className="truncate text-sm text-ink-3">
                {file.typeName} · {sizeWords(file.sizeBytes)}
                {note !== undefined && <> · {note(file)}</>}
              </p>
            </div>
            {count > 1 && (
              <span className="flex shrink-0 items-center gap-0.5 text-sm text-ink-3 tabular-nums">
                <IconButton
                  label="Previous file"
                  keys="←"
                  disabled={index === 0}
                  onClick={() => step(-1)}
                >
                  <ChevronLeft aria-hidden size={17} />
                </IconButton>
                {countWords(index + 1)} of {countWords(count)}
                <IconButton
                  label="Next file"
                  keys="→"
                  disabled={index === count - 1}
                  onClick={() => step(1)}
                >
                  <ChevronRight aria-hidden size={17} />
                </IconButton>
              </span>
            )}
            {!isGone && onOpen !== null && (
              <Button className="max-[820px]:hidden" onClick={() => onOpen(file)}>
                <ExternalLink aria-hidden size={15} /> Open
              </Button>
            )}
            {!isGone && (
              <Button onClick={() => saveFile(`${file.url}?download`, file.name)}>
                <Download aria-hidden size={15} /> Save
              </Button>
            )}
            {children?.(file)}
            <Dialog.Close asChild>
              <IconButton label="Close" keys="Esc">
                <X aria-hidden size={17} />
              </IconButton>
            </Dialog.Close>
          </header>
          <PreviewBody key={file.id} file={file} />
          <LiveRegion>{`${file.name}, ${index + 1} of ${count}`}</LiveRegion>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
