import { CloudDownload, HardDriveDownload } from 'lucide-react';
import { toast } from 'sonner';
import type { JobId } from '../records.ts';
import { IconButton } from '../ui/button.tsx';
import { countOf, sizeWords } from '../ui/size-words.ts';
import { useQuery } from '../use-query.ts';
import { useRequest } from '../use-request.ts';

/** Keeps all files of a job on this device, or lets them go again. (D8) */
export function KeepJobButton({ jobId }: { jobId: JobId }) {
  const { value: keeping } = useQuery('files.job-keeping', { jobId });
  const keepJob = useRequest('files.keep-job', toast.error);
  if (keeping === undefined) return null;
  const { isKept, filesHere, filesTotal, bytesTotal } = keeping;
  const label = !isKept
    ? `Keep on this device (${countOf(filesTotal, 'file')}, ${sizeWords(bytesTotal)})`
    : filesHere < filesTotal
      ? `Kept on this device, ${filesHere} of ${filesTotal} here`
      : 'Kept on this device';
  const Icon = isKept ? HardDriveDownload : CloudDownload;
  return (
    <IconButton
      label={label}
      aria-pressed={isKept}
      disabled={keepJob.busy}
      className={isKept ? 'text-accent' : ''}
      onClick={() => void keepJob.send({ jobId, keep: !isKept })}
    >
      <Icon aria-hidden size={16} />
    </IconButton>
  );
}
