import { toast } from 'sonner';
import { Button } from '../ui/button.tsx';
import { useQuery } from '../use-query.ts';
import { useRequest } from '../use-request.ts';

/** Where this Docket and the server do not understand each other, an update may be the way out. [H9] */
export function UpdateOffer() {
  const { value: desktop } = useQuery('desktop', {});
  const look = useRequest('desktop.look-for-update', toast.error);
  const restart = useRequest('desktop.restart', toast.error);
  const update = desktop?.update;
  if (update === undefined || update.kind === 'off') return null;
  if (update.kind === 'ready')
    return (
      <Button small look="primary" disabled={restart.busy} onClick={() => void restart.send({})}>
        Restart to update
      </Button>
    );
  return (
    <Button small disabled={look.busy || update.kind !== 'idle'} onClick={() => void look.send({})}>
      {update.kind === 'idle' ? 'Look for an update' : 'Update on its way'}
    </Button>
  );
}
