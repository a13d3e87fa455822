import { useState } from 'react';
import { toast } from 'sonner';
import type { ScheduledItem } from '../../electron/core/api/scheduled-contract.ts';
import { LeakQuestion } from '../composer/leak-question.tsx';
import { useLeakCheck } from '../composer/use-leak-check.ts';
import { dayAndTime } from '../ui/time-words.ts';
import { useRequest } from '../use-request.ts';
import { ScheduleDialog } from './schedule-dialog.tsx';
import { sendTimes, type When } from './send-times.ts';
import { useSendingClock } from './use-sending-clock.ts';

/** Another time, another rule, and where it is one's own other words. (C8) */
export function ChangeScheduled({
  item,
  seenVersion,
  onDone,
  onClose,
}: {
  item: ScheduledItem;
  /** What of the job is on the screen. [P6] */
  seenVersion: number;
  onDone: () => void;
  onClose: () => void;
}) {
  const [text, setText] = useState(item.text);
  const change = useRequest('scheduled.change');
  const leakCheck = useLeakCheck(item.jobId);
  // What the question before it is about.
  const [asked, setAsked] = useState<When | null>(null);
  const check = async (when: When) => {
    const isSame = !item.mine || text === item.text;
    setAsked(when);
    if (isSame || (await leakCheck.mayGo({ audience: 'visible', text, files: [] })))
      await save(when);
  };
  const save = async (when: When) => {
    leakCheck.close();
    const { entryId, revision } = item;
    const done = await change.send({
      entryId,
      revision,
      seenVersion,
      text: item.mine ? text.trimEnd() : item.text,
      ...when,
    });
    if (done === undefined) return;
    toast(`Scheduled for ${dayAndTime(when.sendAt)}`);
    onDone();
  };
  const { now } = useSendingClock();
  const isOver = Date.parse(item.sendAt) <= now.getTime();
  const sendAt = isOver ? (sendTimes(now)[1]?.at ?? item.sendAt) : item.sendAt;
  if (leakCheck.leaks !== null && asked !== null)
    return (
      <LeakQuestion
        customerName={item.customerName}
        leaks={leakCheck.leaks}
        onSend={() => void save(asked)}
        onClose={leakCheck.close}
      />
    );
  return (
    <ScheduleDialog
      title={item.mine ? 'Edit the scheduled reply' : 'Reschedule the reply'}
      customerName={item.customerName}
      start={{ sendAt, unlessCustomerWrites: item.unlessCustomerWrites }}
      words={{ text: item.mine ? text : null, onText: setText }}
      sentence={change.sentence}
      busy={change.busy || leakCheck.busy}
      onSchedule={(when) => void check(when)}
      onClose={onClose}
    />
  );
}
