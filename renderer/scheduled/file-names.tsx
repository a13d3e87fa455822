import { Paperclip } from 'lucide-react';
import type { ScheduledItem } from '../../electron/core/api/scheduled-contract.ts';

export function FileNames({ files }: Pick<ScheduledItem, 'files'>) {
  if (files.length === 0) return null;
  return (
    <p className="mt-1.5 flex items-start gap-1.5 text-sm text-ink-2">
      <Paperclip aria-hidden size={13} className="mt-0.5 shrink-0" />
      <span className="min-w-0">
        {files
          .map(({ name, audience }) => (audience === 'visible' ? name : `${name} (internal)`))
          .join(', ')}
      </span>
    </p>
  );
}
