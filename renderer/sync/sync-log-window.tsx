import { Copy, Download, History } from 'lucide-react';
import { Virtuoso } from 'react-virtuoso';
import { toast } from 'sonner';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogFoot } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { fullTime, timeOrDay } from '../ui/time-words.ts';
import { useNow } from '../ui/use-now.ts';
import { useQuery } from '../use-query.ts';
import { useRequest } from '../use-request.ts';

/** What this device and the server said to each other; it survives quitting and can be handed on. (H7) */
export function SyncLogWindow({ onClose }: { onClose: () => void }) {
  const { value: lines } = useQuery('sync.log', {});
  const whole = useRequest('sync.log-text');
  const now = useNow();

  const copy = async () => {
    const answer = await whole.send({});
    if (answer === undefined) return;
    await navigator.clipboard.writeText(answer.text).then(
      () => toast('Sync log copied'),
      () => toast.error('The sync log could not be copied. Save it instead.'),
    );
  };
  const save = async () => {
    const answer = await whole.send({});
    if (answer !== undefined) saveText('docket-sync-log.txt', answer.text);
  };

  return (
    <Dialog
      wide
      title="Sync log"
      description="Newest first. Nothing that anybody wrote is in it."
      onClose={onClose}
    >
      <div className="h-[52vh] border-t border-line">
        {lines?.length === 0 && (
          <EmptyState icon={History} title="Nothing yet">
            Every exchange with the server leaves a line here.
          </EmptyState>
        )}
        {lines !== undefined && lines.length > 0 && (
          <Virtuoso
            data={lines}
            itemContent={(_, { at, event, details }) => (
              <div className="grid grid-cols-[110px_180px_minmax(0,1fr)] gap-3 border-b border-line px-5 py-1.5 text-sm">
                <time dateTime={at} title={fullTime(at)} className="text-ink-3 tabular-nums">
                  {timeOrDay(at, now)}
                </time>
                <span className="truncate">{event}</span>
                <span className="text-ink-2 break-words">{details}</span>
              </div>
            )}
          />
        )}
      </div>
      <DialogFoot>
        {whole.sentence !== null && (
          <span role="alert" className="mr-auto text-danger">
            {whole.sentence}
          </span>
        )}
        <Button disabled={whole.busy} onClick={() => void copy()}>
          <Copy aria-hidden size={14} /> Copy
        </Button>
        <Button disabled={whole.busy} onClick={() => void save()}>
          <Download aria-hidden size={14} /> Save
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

function saveText(name: string, text: string) {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
