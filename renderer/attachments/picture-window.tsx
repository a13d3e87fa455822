import { Download, X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useState } from 'react';
import type { FeedAttachment } from '../../electron/core/api/files-contract.ts';
import { Button } from '../ui/button.tsx';
import { Chip } from '../ui/chip.tsx';
import { sizeWords } from '../ui/size-words.ts';

/** A picture as large as the window allows. Esc closes it. */
export function PictureWindow({ file, onClose }: { file: FeedAttachment; onClose: () => void }) {
  const [isBroken, setIsBroken] = useState(false);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-fade-in bg-[rgb(20_18_14/.72)]" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-4 z-40 flex animate-fade-in flex-col overflow-hidden rounded-[14px] bg-surface outline-none"
        >
          <header className="flex items-center gap-3 border-b border-line px-4 py-2.5">
            <Dialog.Title className="truncate font-semibold">{file.name}</Dialog.Title>
            <Chip audience={file.audience} />
            <span className="text-sm whitespace-nowrap text-ink-3">
              {file.typeName} · {sizeWords(file.sizeBytes)}
            </span>
            <a
              href={file.url}
              download={file.name}
              className="ml-auto inline-flex h-8 shrink-0 items-center gap-2 rounded-lg border border-line-strong px-3 font-medium hover:bg-surface-3"
            >
              <Download aria-hidden size={15} /> Save
            </a>
            <Dialog.Close asChild>
              <Button look="quiet">
                <X aria-hidden size={15} /> Close
              </Button>
            </Dialog.Close>
          </header>
          <div className="grid min-h-0 flex-1 place-items-center bg-surface-2 p-4">
            {isBroken ? (
              <p role="alert" className="max-w-[48ch] text-center text-pretty text-ink-2">
                “{file.name}” cannot be shown. It is not on this device yet and the server cannot be
                reached, or the picture is damaged. Save it, or try again when you are online.
              </p>
            ) : (
              <img
                key={file.previewUrl}
                src={file.previewUrl ?? file.url}
                alt={file.name}
                onError={() => setIsBroken(true)}
                className="max-h-full min-h-0 max-w-full object-contain"
              />
            )}
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
