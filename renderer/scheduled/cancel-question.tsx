import type { ScheduledItem } from '../../electron/core/api/scheduled-contract.ts';
import { Confirm } from '../ui/dialog.tsx';

export function CancelQuestion({
  item,
  onCancel,
  onClose,
}: {
  item: ScheduledItem;
  onCancel: () => void;
  onClose: () => void;
}) {
  return (
    <Confirm
      title="Cancel this reply?"
      action="Cancel the reply"
      keep="Keep it"
      onConfirm={onCancel}
      onClose={onClose}
    >
      <p>
        It is not sent, and its words and files are gone for everybody. {item.customerName} has not
        seen it.
      </p>
      <Quoted text={item.text} />
    </Confirm>
  );
}

export function Quoted({ text }: { text: string }) {
  if (text === '') return null;
  return (
    <blockquote
      dir="auto"
      className="mt-2 max-h-40 overflow-y-auto border-l-3 border-line-strong pl-3 break-words whitespace-pre-wrap text-ink"
    >
      {text}
    </blockquote>
  );
}
