import { AlertDialog } from 'radix-ui';
import type { ReactNode, RefObject } from 'react';
import type { News } from '../../electron/core/api/outbox-contract.ts';
import { NewsRow } from './news-row.tsx';

/** What was held beside what is new, and the choices below. Esc decides nothing. (C5, C8) */
export function HeldFrame({
  title,
  description,
  heading,
  held,
  news,
  nothingNew,
  firstRef,
  onClose,
  children,
}: {
  title: ReactNode;
  description: ReactNode;
  /** Of what was held. */
  heading: string;
  held: ReactNode;
  news: readonly News[];
  /** Said where there is no news. */
  nothingNew?: string;
  /** The choice that Enter takes. */
  firstRef: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 animate-fade-in bg-[rgb(20_18_14/.32)]" />
        <AlertDialog.Content
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            firstRef.current?.focus();
          }}
          className="fixed top-[9vh] left-1/2 z-40 flex max-h-[86vh] w-[calc(100vw-32px)] max-w-[700px] -translate-x-1/2 animate-fade-in flex-col overflow-hidden rounded-[14px] border border-line bg-surface shadow-float outline-none"
        >
          <header className="px-6 pt-[18px] pb-3.5 break-words">
            <AlertDialog.Title className="text-lg font-semibold tracking-tight text-balance">
              {title}
            </AlertDialog.Title>
            <AlertDialog.Description className="mt-1 max-w-[62ch] text-ink-2">
              {description}
            </AlertDialog.Description>
          </header>
          <div className="grid min-h-0 grid-cols-2 overflow-y-auto border-y border-line">
            <section className="min-w-0 px-6 pt-3.5 pb-5 break-words">
              <h3 className="mb-2.5 text-sm font-semibold text-ink-3">{heading}</h3>
              <div className="rounded-[10px] border-[1.5px] border-visible-line px-3 py-2.5 shadow-[0_0_0_4px_color-mix(in_srgb,var(--visible-bg)_80%,transparent)]">
                {held}
              </div>
            </section>
            <section className="min-w-0 border-l border-line bg-surface-2 px-6 pt-3.5 pb-5 break-words">
              <h3 className="mb-2.5 text-sm font-semibold text-ink-3">New since then</h3>
              {news.length === 0 && nothingNew !== undefined && (
                <p className="text-ink-2">{nothingNew}</p>
              )}
              <ol className="grid grid-cols-[minmax(0,1fr)] gap-3">
                {news.map((one) => (
                  <NewsRow key={one.entryId} news={one} />
                ))}
              </ol>
            </section>
          </div>
          {children}
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

/** The choices in a row, and above them why the last one could not be done. */
export function HeldFoot({
  problem,
  question,
  children,
}: {
  problem: string | null;
  /** Asked over them. */
  question?: ReactNode;
  children: ReactNode;
}) {
  return (
    <footer className="px-6 py-3.5">
      {problem !== null && (
        <p role="alert" className="mb-2.5 text-danger">
          {problem}
        </p>
      )}
      <div className="flex flex-wrap items-center justify-end gap-2">{children}</div>
      {question}
    </footer>
  );
}
