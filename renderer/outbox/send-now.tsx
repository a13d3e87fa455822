import { toast } from 'sonner';
import type { OutboxItem } from '../../electron/core/api/outbox-contract.ts';
import { Button } from '../ui/button.tsx';
import { useRequest } from '../use-request.ts';

/** Ends the countdown of a customer reply. (C4) [P8] */
export function SendNow({ item: { mutationId } }: { item: OutboxItem }) {
  const sending = useRequest('outbox.send-now', toast.error);
  return (
    <Button
      small
      look="quiet"
      disabled={sending.busy}
      onClick={() => void sending.send({ mutationIds: [mutationId] })}
    >
      Send now
    </Button>
  );
}
