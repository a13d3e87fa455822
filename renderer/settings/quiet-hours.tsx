import { useId } from 'react';
import type { QuietHours } from '../../electron/core/api/notices-contract.ts';
import { CheckField } from '../ui/check-field.tsx';
import { classNames } from '../ui/class-names.ts';
import { INPUT_LOOK } from '../ui/field.tsx';

/** As weeks are written here; 0 is Sunday. */
const DAYS: readonly (readonly [number, string, string])[] = [
  [1, 'Mon', 'Monday'],
  [2, 'Tue', 'Tuesday'],
  [3, 'Wed', 'Wednesday'],
  [4, 'Thu', 'Thursday'],
  [5, 'Fri', 'Friday'],
  [6, 'Sat', 'Saturday'],
  [0, 'Sun', 'Sunday'],
];

/** "18:00" */
export function timeOfMinute(minute: number): string {
  const two = (count: number) => String(count).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** Undefined while a time is only half typed. */
export function minuteOfTime(time: string): number | undefined {
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(time) ?? [];
  return hours === undefined || minutes === undefined
    ? undefined
    : Number(hours) * 60 + Number(minutes);
}

/** Hours in which nothing is told. (F4) */
export function QuietHoursFields({
  quiet,
  onChange,
}: {
  quiet: QuietHours;
  onChange: (quiet: QuietHours) => void;
}) {
  return (
    <div>
      <CheckField
        label="Quiet hours"
        hint="Nothing is told meanwhile, nor afterwards: it stands in the bell."
        checked={quiet.isOn}
        onChange={(isOn) => onChange({ ...quiet, isOn })}
      />
      {quiet.isOn && (
        <div className="mt-2.5 ml-[25px] flex flex-wrap items-center gap-x-4 gap-y-2.5">
          <TimeField
            label="From"
            minute={quiet.from}
            onChange={(from) => onChange({ ...quiet, from })}
          />
          <TimeField
            label={quiet.until <= quiet.from ? 'Until, on the next day' : 'Until'}
            minute={quiet.until}
            onChange={(until) => onChange({ ...quiet, until })}
          />
          <fieldset className="flex flex-wrap gap-1">
            <legend className="sr-only">Days on which quiet hours begin</legend>
            {DAYS.map(([day, short, name]) => (
              <DayField
                key={day}
                short={short}
                name={name}
                checked={quiet.days.includes(day)}
                onChange={(isChosen) => {
                  const others = quiet.days.filter((other) => other !== day);
                  onChange({ ...quiet, days: isChosen ? [...others, day] : others });
                }}
              />
            ))}
          </fieldset>
        </div>
      )}
    </div>
  );
}

function TimeField({
  label,
  minute,
  onChange,
}: {
  label: string;
  minute: number;
  onChange: (minute: number) => void;
}) {
  const id = useId();
  return (
    <span className="flex items-center gap-2">
      <label htmlFor={id} className="text-ink-2">
        {label}
      </label>
      <input
        id={id}
        type="time"
        className={classNames(INPUT_LOOK, 'tabular-nums')}
        value={timeOfMinute(minute)}
        onChange={({ target }) => {
          const next = minuteOfTime(target.value);
          if (next !== undefined) onChange(next);
        }}
      />
    </span>
  );
}

function DayField({
  short,
  name,
  checked,
  onChange,
}: {
  short: string;
  name: string;
  checked: boolean;
  onChange: (isChosen: boolean) => void;
}) {
  return (
    <label
      className={classNames(
        'cursor-pointer rounded-md border px-2 py-1 text-sm transition-colors duration-(--fast) has-focus-visible:outline-2 has-focus-visible:outline-accent',
        checked
          ? 'border-ink bg-ink font-medium text-surface'
          : 'border-line-strong text-ink-2 hover:bg-surface-3',
      )}
    >
      <input
        type="checkbox"
        aria-label={name}
        className="sr-only"
        checked={checked}
        onChange={({ target }) => onChange(target.checked)}
      />
      {short}
    </label>
  );
}
