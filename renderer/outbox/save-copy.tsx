import { Download } from 'lucide-react';
import { toast } from 'sonner';
import type { OutboxItem } from '../../electron/core/api/outbox-contract.ts';
import { saveFile } from '../files/save-file.ts';
import { Button } from '../ui/button.tsx';
import { useRequest } from '../use-request.ts';

/** Words and files of what waits, saved as a zip to keep or to hand on; no ids stand for everything. (H4) */
export function SaveCopy({ mutationIds }: { mutationIds: readonly OutboxItem['mutationId'][] }) {
  const copy = useRequest('outbox.save-copy', toast.error);
  const save = async () => {
    const offer = await copy.send({ mutationIds });
    if (offer === undefined || offer.url === null) return;
    saveFile(offer.url);
    if (offer.missing.length > 0)
      toast.error(`Not on this device any more, so not in the copy: ${offer.missing.join(', ')}.`);
  };
  const isAll = mutationIds.length === 0;
  return (
    <Button small={!isAll} look="quiet" disabled={copy.busy} onClick={() => void save()}>
      <Download aria-hidden size={isAll ? 15 : 13} /> Save a copy
    </Button>
  );
}
