import { CalendarClock, ChevronDown, Clock } from 'lucide-react';
import { type Ref, useState } from 'react';
import type { JobPage } from '../../electron/core/api/jobs-contract.ts';
import { Button } from '../ui/button.tsx';
import { Menu, MenuCheck, MenuHeading, MenuItem, MenuLine } from '../ui/menu.tsx';
import { dayAndTime } from '../ui/time-words.ts';
import { ScheduleDialog } from './schedule-dialog.tsx';
import { sendTimes, type When, zoneName } from './send-times.ts';
import { useSendingClock } from './use-sending-clock.ts';

/** Beside the button that sends now: when to send instead, and the rule. (C8) */
export function SendLaterMenu({
  page,
  disabled,
  onSchedule,
  ref,
}: {
  page: JobPage;
  disabled: boolean;
  onSchedule: (when: When) => void;
  ref: Ref<HTMLButtonElement>;
}) {
  const [unlessCustomerWrites, setUnless] = useState(true);
  const [isChoosing, setIsChoosing] = useState(false);
  const { now, warning } = useSendingClock();
  const { name } = page.customer;
  const times = sendTimes(now);
  const trigger = (
    <Button
      ref={ref}
      look="primary"
      aria-label="Send later"
      title="Send later (Ctrl Shift Enter)"
      disabled={disabled}
      className="-ml-[5px] rounded-l-none border-l-accent-ink/35 px-1.5"
    >
      <ChevronDown aria-hidden size={15} />
    </Button>
  );
  return (
    <>
      <Menu trigger={trigger} label="Send later" align="end">
        <MenuHeading>Send to {name} later</MenuHeading>
        {times.map(({ name: words, at }) => (
          <MenuItem
            key={words}
            icon={<Clock aria-hidden size={15} />}
            onSelect={() => onSchedule({ sendAt: at, unlessCustomerWrites })}
          >
            <span className="flex-1">{words}</span>
            <span className="pl-3 text-sm text-ink-3 tabular-nums">{dayAndTime(at)}</span>
          </MenuItem>
        ))}
        <MenuItem
          icon={<CalendarClock aria-hidden size={15} />}
          onSelect={() => setIsChoosing(true)}
        >
          Another time…
        </MenuItem>
        <MenuLine />
        <MenuCheck checked={unlessCustomerWrites} onChange={setUnless}>
          Not if {name} writes first
        </MenuCheck>
        <p className="max-w-72 px-2 pt-0.5 pb-1.5 text-sm text-pretty text-ink-3">
          {warning ??
            `The office’s server sends it, also while this computer is off. Times of ${zoneName()}.`}
        </p>
      </Menu>
      {isChoosing && (
        <ScheduleDialog
          title={`Send to ${name} later`}
          customerName={name}
          start={{ sendAt: times[1]?.at ?? '', unlessCustomerWrites }}
          onSchedule={(when) => {
            setIsChoosing(false);
            onSchedule(when);
          }}
          onClose={() => setIsChoosing(false)}
        />
      )}
    </>
  );
}
