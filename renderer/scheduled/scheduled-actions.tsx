import { useState } from 'react';
import { toast } from 'sonner';
import type { ScheduledItem } from '../../electron/core/api/scheduled-contract.ts';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { useRequest } from '../use-request.ts';
import { CancelQuestion, Quoted } from './cancel-question.tsx';
import { ChangeScheduled } from './change-scheduled.tsx';
import { HeldScheduled } from './held-scheduled.tsx';
import { useBackToDraft } from './use-back-to-draft.ts';
import { useFocusKept } from './use-focus-kept.ts';

/** What anybody of the office can do with a reply that waits for its time. What is held is decided in a window of its own. (C8) */
export function ScheduledActions({
  item,
  seenVersion,
  isOnJob,
}: {
  item: ScheduledItem;
  seenVersion: number;
  /** The job is on the screen: nobody sends past what they have not seen. [P6] */
  isOnJob: boolean;
}) {
  const [open, setOpen] = useState<'change' | 'held' | 'cancel' | 'send' | null>(null);
  const end = useRequest('scheduled.end');
  const draft = useBackToDraft();
  const { entryId, revision, customerName } = item;
  const close = () => setOpen(null);
  const endAs = async (how: 'send' | 'note' | 'cancel', said: string, seen = seenVersion) => {
    const done = await end.send({ entryId, revision, seenVersion: seen, how });
    if (done !== undefined) toast(said);
  };
  const problem = end.sentence ?? draft.sentence;
  const box = useFocusKept(open !== null);
  return (
    <span ref={box} className="contents">
      {item.held !== null && (
        <Button small onClick={() => setOpen('held')}>
          Look and decide
        </Button>
      )}
      {item.held === null && (
        <Button small look="quiet" onClick={() => setOpen('change')}>
          {item.mine ? 'Edit' : 'Reschedule'}
        </Button>
      )}
      {item.held === null && isOnJob && (
        <Button small look="quiet" disabled={end.busy} onClick={() => setOpen('send')}>
          Send now
        </Button>
      )}
      {item.held === null && (
        <>
          <Button
            small
            look="quiet"
            disabled={end.busy}
            onClick={() => void endAs('note', 'It is an internal note now')}
          >
            Make internal
          </Button>
          <Button
            small
            look="quiet"
            disabled={draft.busy}
            onClick={() => void draft.takeBack(item, seenVersion)}
          >
            Back to a draft
          </Button>
          <Button small look="danger" onClick={() => setOpen('cancel')}>
            Cancel
          </Button>
        </>
      )}
      {problem !== null && (
        <span role="alert" className="text-sm text-danger">
          {problem}
        </span>
      )}
      {open === 'change' && (
        <ChangeScheduled item={item} seenVersion={seenVersion} onDone={close} onClose={close} />
      )}
      {open === 'held' && item.held !== null && (
        <HeldScheduled item={item} held={item.held} seenVersion={seenVersion} onClose={close} />
      )}
      {open === 'cancel' && (
        <CancelQuestion
          item={item}
          onCancel={() => void endAs('cancel', 'Cancelled')}
          onClose={close}
        />
      )}
      {open === 'send' && (
        <SendQuestion
          item={item}
          seenVersion={seenVersion}
          onSend={(seenBefore) => void endAs('send', `On its way to ${customerName}`, seenBefore)}
          onClose={close}
        />
      )}
    </span>
  );
}

function SendQuestion({
  item: { customerName, text },
  seenVersion,
  onSend,
  onClose,
}: {
  item: ScheduledItem;
  seenVersion: number;
  onSend: (seenVersion: number) => void;
  onClose: () => void;
}) {
  // What comes while this window covers the job was not seen. [P6]
  const [seenBefore] = useState(seenVersion);
  return (
    <Confirm
      title={`Send this to ${customerName} now?`}
      action="Send now"
      keep="Leave it for its time"
      onConfirm={() => onSend(seenBefore)}
      onClose={onClose}
    >
      <p>It leaves at once, and nobody can undo it.</p>
      <Quoted text={text} />
    </Confirm>
  );
}
