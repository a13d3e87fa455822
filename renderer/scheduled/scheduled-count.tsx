import { CalendarClock, TriangleAlert } from 'lucide-react';
import type { JobId } from '../records.ts';
import { classNames } from '../ui/class-names.ts';
import { useQuery } from '../use-query.ts';

/** In a job's header: how many replies wait for their time there, or for a person. (C8) */
export function ScheduledCount({ jobId }: { jobId: JobId }) {
  const { value: items } = useQuery('scheduled.of-job', { jobId });
  if (items === undefined || items.length === 0) return null;
  const held = items.filter((item) => item.held !== null).length;
  const Icon = held > 0 ? TriangleAlert : CalendarClock;
  return (
    <span
      className={classNames(
        'inline-flex shrink-0 items-center gap-1 text-sm font-medium tabular-nums',
        held > 0 ? 'text-warn' : 'text-visible-ink',
      )}
    >
      <Icon aria-hidden size={13} />
      {held > 0 ? `${held} not sent` : `${items.length} scheduled`}
    </span>
  );
}
