import { CloudDownload, CloudOff } from 'lucide-react';
import { useQuery } from '../use-query.ts';

/** Of a file that is not on this device: whether it can be had right now. (D8) */
export function AwayMark({ size }: { size: number }) {
  const { value: sync } = useQuery('sync', {});
  const isOffline = sync?.kind === 'offline';
  const words = isOffline
    ? 'Not on this device, and the office cannot be reached'
    : 'At the office, fetched when you open it';
  const Icon = isOffline ? CloudOff : CloudDownload;
  return (
    <span title={words} className="inline-grid shrink-0">
      <Icon role="img" aria-label={words} size={size} />
    </span>
  );
}
