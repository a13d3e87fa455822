import { X } from 'lucide-react';
import { AlertDialog, Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button, IconButton } from './button.tsx';
import { classNames } from './class-names.ts';

const SCRIM = 'fixed inset-0 z-40 bg-[rgb(20_18_14/.32)] animate-fade-in';
const SHEET =
  'fixed left-1/2 z-40 flex max-h-[86vh] w-[calc(100vw-32px)] -translate-x-1/2 flex-col overflow-hidden rounded-[14px] border border-line bg-surface shadow-float animate-fade-in break-words outline-none';

/** A window over the page. Esc closes it and changes nothing. */
export function Dialog({
  title,
  description,
  onClose,
  wide,
  children,
}: {
  title: string;
  description?: string;
  onClose: () => void;
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={SCRIM} />
        <Radix.Content
          className={classNames(
            SHEET,
            'top-[9vh]',
            wide === true ? 'max-w-[760px]' : 'max-w-[500px]',
          )}
          onOpenAutoFocus={(event) => {
            // Reached only where no field has taken the focus.
            event.preventDefault();
            if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
          }}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
        >
          <header className="flex items-start gap-3 px-5 pt-4 pb-3">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-lg font-semibold tracking-tight">{title}</Radix.Title>
              {description !== undefined && (
                <Radix.Description className="mt-1 text-ink-2">{description}</Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <IconButton label="Close" keys="Esc">
                <X aria-hidden size={16} />
              </IconButton>
            </Radix.Close>
          </header>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The row of buttons at a dialog's foot. */
export function DialogFoot({ children }: { children: ReactNode }) {
  return (
    <footer className="flex items-center justify-end gap-2 border-t border-line bg-surface-2 px-5 py-3">
      {children}
    </footer>
  );
}

/** Asks before something that cannot be taken back. The safe choice has the focus; Esc is the safe choice. */
export function Confirm({
  title,
  children,
  action,
  keep,
  onConfirm,
  onClose,
}: {
  title: string;
  children: ReactNode;
  /** The verb of the act: "Discard". */
  action: string;
  keep: string;
  onConfirm: () => void;
  onClose: () => void;
}) {
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={SCRIM} />
        <AlertDialog.Content className={classNames(SHEET, 'top-[18vh] max-w-[440px]')}>
          <div className="px-5 pt-4 pb-4">
            <AlertDialog.Title className="text-lg font-semibold tracking-tight">
              {title}
            </AlertDialog.Title>
            <AlertDialog.Description asChild>
              <div className="mt-1.5 text-ink-2">{children}</div>
            </AlertDialog.Description>
          </div>
          <DialogFoot>
            <AlertDialog.Action asChild>
              <Button look="danger" className="mr-auto" onClick={onConfirm}>
                {action}
              </Button>
            </AlertDialog.Action>
            <AlertDialog.Cancel asChild>
              <Button look="primary">{keep}</Button>
            </AlertDialog.Cancel>
          </DialogFoot>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
