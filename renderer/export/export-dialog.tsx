import { Eye, Lock } from 'lucide-react';
import { useState } from 'react';
import type {
  ExportCopy,
  ExportFormat,
  ExportOutlook,
} from '../../electron/core/api/exports-contract.ts';
import type { JobId } from '../records.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogFoot } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { AfterPatience, SkeletonBar } from '../ui/skeleton.tsx';
import { useQuery } from '../use-query.ts';
import { useRequest } from '../use-request.ts';
import { CopyChoice } from './copy-choice.tsx';
import { ExportRun, type RunningExport } from './export-run.tsx';
import { elsewhereWords, EXPORT_WORDS, waitingWords } from './export-words.ts';
import { FormatChoice } from './format-choice.tsx';

/** Takes a job out of Docket: which copy, in which format, made and then saved. Closing cancels what is not saved. (G4) */
export function ExportDialog({ jobId, onClose }: { jobId: JobId; onClose: () => void }) {
  const { value: outlook, failed } = useQuery('exports.outlook', { jobId });
  const [running, setRunning] = useState<RunningExport | null>(null);
  const [isSaved, setIsSaved] = useState(false);
  const letGo = useRequest('exports.let-go');

  const leave = () => {
    // A download that has begun goes on reading what was made.
    if (running !== null && !isSaved) void letGo.send({ exportId: running.exportId });
    setRunning(null);
    setIsSaved(false);
  };
  const close = () => {
    leave();
    onClose();
  };
  return (
    <Dialog
      title="Export job"
      description="A copy to keep, print or hand over, made on this device, also offline."
      onClose={close}
    >
      {outlook == null && (
        <div className="min-h-40 px-5 pb-5">
          {failed === null && outlook === undefined ? (
            <AfterPatience>
              <SkeletonBar className="h-24 w-full" />
              <SkeletonBar className="mt-3 h-20 w-full" />
            </AfterPatience>
          ) : (
            <Notice look="danger">
              {failed?.message ?? 'This job is no longer there. Go back to the list.'}
            </Notice>
          )}
        </div>
      )}
      {outlook != null && running === null && (
        <ExportForm jobId={jobId} outlook={outlook} onBegun={setRunning} onCancel={close} />
      )}
      {outlook != null && running !== null && (
        <ExportRun
          running={running}
          customerName={outlook.customerName}
          isSaved={isSaved}
          onSaved={() => setIsSaved(true)}
          onBack={leave}
          onClose={close}
        />
      )}
    </Dialog>
  );
}

function ExportForm({
  jobId,
  outlook,
  onBegun,
  onCancel,
}: {
  jobId: JobId;
  outlook: ExportOutlook;
  onBegun: (running: RunningExport) => void;
  onCancel: () => void;
}) {
  // What goes by itself is what can harm nobody, whoever it is handed to; the full copy is chosen on purpose, each time anew.
  const [wished, setCopy] = useState<ExportCopy>('customer');
  const copy = wished === 'customer' && outlook.customer === null ? null : wished;
  const [format, setFormat] = useState<ExportFormat>('pdf');
  const begin = useRequest('exports.begin');

  const start = async () => {
    if (copy === null) return;
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const answer = await begin.send({ jobId, copy, format, timeZone });
    if (answer !== undefined) onBegun({ exportId: answer.exportId, copy });
  };
  const held = copy === null ? null : outlook[copy];
  const Icon = copy === 'full' ? Lock : Eye;
  return (
    <form
      className="contents"
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <div className="grid min-h-0 grid-cols-[minmax(0,1fr)] gap-3 overflow-y-auto px-5 pt-1 pb-5">
        <CopyChoice outlook={outlook} copy={copy} onChange={setCopy} />
        <FormatChoice format={format} outlook={held} onChange={setFormat} />
        {copy !== null && held !== null && (
          <>
            <Told words={waitingWords(copy, held.waiting)} />
            <Told words={elsewhereWords(held.filesElsewhere)} />
          </>
        )}
        {begin.sentence !== null && <Notice look="danger">{begin.sentence}</Notice>}
      </div>
      <DialogFoot>
        <Button onClick={onCancel}>Cancel</Button>
        <Button look="primary" type="submit" disabled={copy === null || begin.busy}>
          {copy !== null && <Icon aria-hidden size={14} strokeWidth={2.2} />}
          {copy === null ? 'Choose a copy' : EXPORT_WORDS[copy]}
        </Button>
      </DialogFoot>
    </form>
  );
}

function Told({ words }: { words: string | null }) {
  return words === null ? null : <Notice look="calm">{words}</Notice>;
}
