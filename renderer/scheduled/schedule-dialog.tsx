import { type SyntheticEvent, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { Dialog, DialogFoot } from '../ui/dialog.tsx';
import { INPUT_LOOK, TextField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { countOf } from '../ui/size-words.ts';
import { dayAndTime } from '../ui/time-words.ts';
import { instantOf, sendTimes, wallClock, type When, zoneName } from './send-times.ts';
import { useSendingClock } from './use-sending-clock.ts';

/** Any time, by keyboard or by the system's own calendar; of a reply that stands already its words, too. (C8) */
export function ScheduleDialog({
  title,
  customerName,
  start,
  words,
  sentence,
  busy = false,
  onSchedule,
  onClose,
}: {
  title: string;
  customerName: string;
  start: When;
  /** Of one that is scheduled already. Null where its words are somebody else's. */
  words?: {
    readonly text: string | null;
    /** Letters more than a reply can have. */
    readonly tooMany: number;
    onText(text: string): void;
  };
  /** Why it could not be done. */
  sentence?: string | null;
  busy?: boolean;
  onSchedule: (when: When) => void;
  onClose: () => void;
}) {
  const [wall, setWall] = useState(() => wallClock(start.sendAt));
  const [unlessCustomerWrites, setUnless] = useState(start.unlessCustomerWrites);
  const { now, warning } = useSendingClock();
  const sendAt = instantOf(wall);
  const isOver = sendAt !== undefined && Date.parse(sendAt) <= now.getTime();
  const tooMany = words?.tooMany ?? 0;
  const canSchedule = sendAt !== undefined && !isOver && tooMany === 0 && !busy;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (canSchedule) onSchedule({ sendAt, unlessCustomerWrites });
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={submit} className="contents">
        <div className="grid gap-3.5 overflow-y-auto px-5 pb-4">
          {words?.text != null && (
            <div>
              <label
                htmlFor="scheduled-words"
                className="mb-1 block text-sm font-medium text-ink-2"
              >
                Reply
              </label>
              <textarea
                id="scheduled-words"
                dir="auto"
                value={words.text}
                onChange={(event) => words.onText(event.target.value)}
                className={`${INPUT_LOOK} field-sizing-content max-h-[30vh] min-h-[84px] w-full resize-none leading-read`}
              />
              {tooMany > 0 && (
                <p role="alert" className="mt-1 text-sm text-danger">
                  {countOf(tooMany, 'character')} too long
                </p>
              )}
            </div>
          )}
          <TextField
            label="When"
            type="datetime-local"
            required
            // The person came here for it.
            autoFocus
            value={wall}
            onChange={(event) => setWall(event.target.value)}
            error={isOver ? 'This time is over. Choose a later one.' : null}
            hint={`Time of ${zoneName()}. The office’s server sends it, also while this computer is off.`}
          />
          <div className="flex flex-wrap gap-1.5">
            {sendTimes(now).map(({ name, at }) => (
              <Button key={name} small onClick={() => setWall(wallClock(at))}>
                {name}
              </Button>
            ))}
          </div>
          <CheckField
            label={`Not if ${customerName} writes first`}
            hint="Then it waits for you instead: a message, a file or an answer in the form holds it."
            checked={unlessCustomerWrites}
            onChange={setUnless}
          />
          {warning !== null && <Notice look="warn">{warning}</Notice>}
          {sentence != null && <Notice look="danger">{sentence}</Notice>}
        </div>
        <DialogFoot>
          <Button onClick={onClose}>Leave it</Button>
          <Button look="primary" type="submit" disabled={!canSchedule}>
            {sendAt === undefined ? 'Schedule' : `Schedule for ${dayAndTime(sendAt)}`}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
