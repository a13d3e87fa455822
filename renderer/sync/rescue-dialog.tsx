import type { Rescue } from '../../electron/core/api/session-contract.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogFoot } from '../ui/dialog.tsx';
import { countOf } from '../ui/size-words.ts';
import { useRequest } from '../use-request.ts';

/** The database of this device was damaged and replaced: what became of what waited in it. [F2] */
export function RescueDialog({ rescue }: { rescue: Rescue }) {
  const seen = useRequest('sync.rescue-seen');
  const close = () => void seen.send({});
  return (
    <Dialog
      title="Your local database was damaged"
      description="Docket has put a new one in its place and fetches the office from the server again. Nothing on the server was damaged."
      onClose={close}
    >
      <div className="grid gap-2 px-5 pb-4 text-pretty">
        <p>{savedWords(rescue)}</p>
        {!isWhole(rescue) && (
          <p className="rounded-md bg-warn-soft px-3 py-2 text-warn">{lostWords(rescue)}</p>
        )}
        <p className="text-ink-2">
          This can be the sign of a failing disk. If it happens again, ask who looks after your
          computer.
        </p>
      </div>
      <DialogFoot>
        {seen.sentence !== null && (
          <span role="alert" className="mr-auto text-danger">
            {seen.sentence}
          </span>
        )}
        <Button look="primary" disabled={seen.busy} onClick={close}>
          Understood
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

const isWhole = ({ lostMutations, isReadable }: Rescue) => isReadable && lostMutations === 0;

function savedWords({ savedMutations, isReadable }: Rescue): string {
  if (!isReadable)
    return 'The damaged file could not be read at all. It is kept beside the new one.';
  if (savedMutations === 0) return 'Nothing was waiting to be sent from this device.';
  return `${countOf(savedMutations, 'thing')} that waited to be sent ${savedMutations === 1 ? 'was' : 'were'} saved from it and ${savedMutations === 1 ? 'is' : 'are'} still in line.`;
}

function lostWords({ lostMutations, isReadable }: Rescue): string {
  if (!isReadable)
    return 'What you wrote while offline and had not been sent is lost from this device. Look through your latest jobs and write again what is missing.';
  return `${countOf(lostMutations, 'thing')} that waited could not be read. Look through your latest jobs and write again what is missing.`;
}
