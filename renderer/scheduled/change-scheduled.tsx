import { useState } from 'react';
import { toast } from 'sonner';
import type { ScheduledItem } from '../../electron/core/api/scheduled-contract.ts';
import { LeakQuestion } from '../composer/leak-question.tsx';
import { LONGEST_TEXT } from '../composer/use-composer.ts';
import { useLeakCheck } from '../composer/use-leak-check.ts';
import { Confirm } from '../ui/dialog.tsx';
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
  // What comes while this window covers the job was not seen. [P6]
  const [seenBefore] = useState(seenVersion);
  const [text, setText] = useState(item.text);
  const [isAsking, setIsAsking] = useState(false);
  const change = useRequest('scheduled.change');
  const leakCheck = useLeakCheck(item.jobId);
  // What the question before it is about, and what the window goes on with behind it.
  const [asked, setAsked] = useState<When | null>(null);
  const isSame = !item.mine || text === item.text;
  const check = async (when: When) => {
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
      seenVersion: seenBefore,
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
  const start = asked ?? { sendAt, unlessCustomerWrites: item.unlessCustomerWrites };
  return (
    <>
      <ScheduleDialog
        title={item.mine ? 'Edit the scheduled reply' : 'Reschedule the reply'}
        customerName={item.customerName}
        start={start}
        words={{
          text: item.mine ? text : null,
          tooMany: Math.max(0, text.length - LONGEST_TEXT),
          onText: setText,
        }}
        sentence={change.sentence}
        busy={change.busy || leakCheck.busy}
        onSchedule={(when) => void check(when)}
        onClose={isSame ? onClose : () => setIsAsking(true)}
      />
      {isAsking && (
        <Confirm
          title="Drop what you changed?"
          action="Drop it"
          keep="Go on editing"
          onConfirm={onClose}
          onClose={() => setIsAsking(false)}
        >
          <p className="text-pretty">The reply stays scheduled as it was before you edited it.</p>
        </Confirm>
      )}
    </>
  );
}
