import { CircleArrowUp } from 'lucide-react';
import { toast } from 'sonner';
import { LiveRegion } from '../ui/spoken.tsx';
import { useNow } from '../ui/use-now.ts';
import { useQuery } from '../use-query.ts';
import { useRequest } from '../use-request.ts';
import { updateWords } from './update-words.ts';

/** An update is here. It waits: it stands in nobody's way, and is silent while something is being written. (I1) */
export function UpdateReady() {
  const { value: desktop } = useQuery('desktop', {});
  const restart = useRequest('desktop.restart', toast.error);
  const now = useNow();
  if (desktop?.update.kind !== 'ready' || desktop.isBeingWritten) return null;
  const words = updateWords(desktop.update, now);
  return (
    <>
      <button
        type="button"
        disabled={restart.busy}
        onClick={() => void restart.send({})}
        className="mt-1 flex w-full items-start gap-[9px] rounded-md bg-accent-soft px-2 py-1.5 text-left text-sm font-medium text-ink hover:bg-surface-3"
      >
        <CircleArrowUp
          aria-hidden
          size={16}
          strokeWidth={1.8}
          className="mt-px shrink-0 text-accent"
        />
        <span className="min-w-0 flex-1 text-pretty">{words}</span>
      </button>
      <LiveRegion>{words}</LiveRegion>
    </>
  );
}
