import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { IconButton } from '../ui/button.tsx';

/** Up, down and away, for a row of a list whose order counts. */
export function RowTools({
  what,
  index,
  count,
  onMove,
  onRemove,
}: {
  /** "stage Booked" */
  what: string;
  index: number;
  count: number;
  onMove: (by: 1 | -1) => void;
  onRemove: (() => void) | null;
}) {
  return (
    <span className="flex shrink-0">
      <IconButton
        label={`Move ${what} up`}
        keys="Alt ↑"
        disabled={index === 0}
        onClick={() => onMove(-1)}
      >
        <ArrowUp aria-hidden size={14} />
      </IconButton>
      <IconButton
        label={`Move ${what} down`}
        keys="Alt ↓"
        disabled={index === count - 1}
        onClick={() => onMove(1)}
      >
        <ArrowDown aria-hidden size={14} />
      </IconButton>
      <IconButton
        label={`Remove ${what}`}
        disabled={onRemove === null}
        onClick={() => onRemove?.()}
      >
        <Trash2 aria-hidden size={14} />
      </IconButton>
    </span>
  );
}

/** Alt with an arrow moves the row the focus is in. */
export function onMoveKey(onMove: (by: 1 | -1) => void) {
  return (event: React.KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    onMove(event.key === 'ArrowUp' ? -1 : 1);
  };
}
