import { FileOutput } from 'lucide-react';
import { useState } from 'react';
import type { JobId } from '../records.ts';
import { useShortcut } from '../shell/use-shortcut.ts';
import { IconButton } from '../ui/button.tsx';
import { ExportDialog } from './export-dialog.tsx';

/** On the job's page; X does the same. (G4) */
export function ExportButton({ jobId }: { jobId: JobId }) {
  const [isOpen, setIsOpen] = useState(false);
  useShortcut([{ key: 'x' }], () => setIsOpen(true));
  return (
    <>
      <IconButton label="Export job" keys="X" onClick={() => setIsOpen(true)}>
        <FileOutput aria-hidden size={16} />
      </IconButton>
      {isOpen && <ExportDialog jobId={jobId} onClose={() => setIsOpen(false)} />}
    </>
  );
}
