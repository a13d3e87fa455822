import { Clock, Paperclip } from 'lucide-react';
import { Link } from 'wouter';
import type { CannedReplyRow } from '../../electron/core/api/canned-contract.ts';
import { type MoveFocus, onArrowKeys } from '../jobs/use-row-focus.ts';
import { classNames } from '../ui/class-names.ts';
import { countOf } from '../ui/size-words.ts';
import { CANNED_PLACE } from './canned-head.tsx';

export const CANNED_ROW_HEIGHT = 55;

export function CannedRowLink({
  row: { reply, waiting },
  index,
  isOpen,
  onMove,
}: {
  row: CannedReplyRow;
  index: number;
  isOpen: boolean;
  /** The arrow keys walk the rows. */
  onMove: MoveFocus;
}) {
  return (
    <Link
      href={`${CANNED_PLACE}/${reply.id}`}
      data-row={index}
      onKeyDown={onArrowKeys(onMove)}
      aria-current={isOpen ? 'page' : undefined}
      style={{ height: CANNED_ROW_HEIGHT }}
      className={classNames(
        'relative flex flex-col justify-center border-b border-line px-3.5 focus-visible:-outline-offset-2',
        isOpen
          ? 'bg-accent-soft before:absolute before:inset-y-0 before:left-0 before:w-[3px] before:bg-accent'
          : 'hover:bg-surface-2',
      )}
    >
      <span className="flex items-center gap-1.5">
        <span dir="auto" className="min-w-0 flex-1 truncate font-medium">
          {reply.title}
        </span>
        {waiting && (
          <Clock
            role="img"
            aria-label="On this device, waiting"
            size={12}
            className="shrink-0 text-warn"
          />
        )}
        {reply.files.length > 0 && (
          <Paperclip
            role="img"
            aria-label={countOf(reply.files.length, 'file')}
            size={13}
            className="shrink-0 text-ink-3"
          />
        )}
      </span>
      <span dir="auto" className="truncate text-sm text-ink-3">
        {reply.text.trim() === '' ? (reply.files[0]?.name ?? '') : reply.text.slice(0, 200)}
      </span>
    </Link>
  );
}
