import { FilePen } from 'lucide-react';
import { toast } from 'sonner';
import type { ChangedFile } from '../../electron/core/api/inbox-contract.ts';
import type { JobPage } from '../../electron/core/api/jobs-contract.ts';
import { useDraftDoor } from '../drafts/use-drafts.tsx';
import { useOffice } from '../shell/office.tsx';
import { Button } from '../ui/button.tsx';
import { shortTime } from '../ui/time-words.ts';
import { useNow } from '../ui/use-now.ts';
import { useQuery } from '../use-query.ts';
import { useRequest } from '../use-request.ts';

/** Files of this job that were saved in another program, each offered as a new version. (D9) */
export function ChangedFiles({ page }: { page: JobPage }) {
  const { value: changed = [] } = useQuery('changed-files', { jobId: page.job.id });
  if (changed.length === 0) return null;
  return (
    <ul
      aria-label="Changed in another program"
      className="grid max-h-[24vh] auto-rows-max gap-1.5 overflow-y-auto px-6 pb-2"
    >
      {changed.map((file) => (
        <ChangedRow key={file.attachmentId} file={file} jobId={page.job.id} />
      ))}
    </ul>
  );
}

function ChangedRow({ file, jobId }: { file: ChangedFile; jobId: JobPage['job']['id'] }) {
  const { me } = useOffice();
  const door = useDraftDoor();
  const take = useRequest('changed-files.take', toast.error);
  const settle = useRequest('changed-files.settle');
  const now = useNow();
  const { attachmentId, name, changedBlobId } = file;
  const done = () => void settle.send({ attachmentId, changedBlobId });

  const add = async () => {
    if (file.file === null) return;
    const { blobId, mediaType, sizeBytes } = file.file;
    if ((await take.send({ attachmentId, changedBlobId: blobId })) === undefined) return;
    const version = { blobId, mediaType, sizeBytes, name, replacesId: attachmentId };
    await door.addFiles({ jobId, memberId: me.id }, [{ ...version, audience: 'internal' }]);
    done();
  };

  return (
    <li className="flex animate-float-in flex-wrap items-center gap-x-3 gap-y-1.5 rounded-lg border border-line bg-surface-2 px-3 py-2">
      <FilePen aria-hidden size={16} className="shrink-0 text-ink-3" />
      <p role="status" className="min-w-0 flex-1 text-pretty break-words">
        <b className="font-medium">{name}</b> was changed in another program,{' '}
        {shortTime(file.changedAt, now)}.{file.problem !== null && ` ${file.problem}`}
      </p>
      <Button small look="quiet" onClick={done}>
        Not now
      </Button>
      {file.file !== null && (
        <Button small look="ink" onClick={() => void add()}>
          Add as a new version
        </Button>
      )}
    </li>
  );
}
