import { useId } from 'react';
import type {
  NoticeChoices,
  NoticeSettings,
  NoticeText,
} from '../../electron/core/api/notices-contract.ts';
import { askForPermission, usePagePermission } from '../notices/page-permission.ts';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { Select } from '../ui/field.tsx';
import { timeOrDay } from '../ui/time-words.ts';
import { useNow } from '../ui/use-now.ts';
import { useBridge } from '../use-bridge.tsx';
import { useQuery } from '../use-query.ts';
import { useRequest } from '../use-request.ts';
import { QuietHoursFields } from './quiet-hours.tsx';
import { useArrival } from './use-arrival.ts';

const TEXTS: readonly (readonly [NoticeText, string])[] = [
  ['none', 'Who and which job'],
  ['customers', 'Also what customers wrote'],
  ['everything', 'Everything, internal notes too'],
];

/** What the system tells outside of Docket's windows, on this device. (F4) */
export function Notifications() {
  const { value: settings } = useQuery('notices.settings', {});
  return settings === undefined ? null : <Choices settings={settings} />;
}

function Choices({ settings }: { settings: NoticeSettings }) {
  const id = useId();
  const heading = useArrival('notifications');
  const set = useRequest('notices.set');
  const { pausedUntil: _paused, ...choices } = settings;
  const choose = (change: Partial<NoticeChoices>) => void set.send({ ...choices, ...change });
  return (
    <section aria-labelledby={`${id}-title`} className="mt-7">
      <h2
        id={`${id}-title`}
        ref={heading}
        tabIndex={-1}
        className="scroll-mt-5 text-title font-semibold tracking-tight outline-none"
      >
        Notifications
      </h2>
      <p className="mt-1 text-pretty text-ink-2">
        This computer tells you of what rings your bell: once, and not of what you are looking at.
        What you read anywhere goes away here. The system’s own do-not-disturb holds as well.
      </p>
      <div className="mt-3 grid gap-4 rounded-xl border border-line p-4 shadow-paper">
        <Permission />
        <CheckField
          label="Tell me when something rings my bell"
          hint="A customer writes, sends a file or fills in a form, a mail cannot be delivered, or a colleague mentions you."
          checked={settings.isOn}
          onChange={(isOn) => choose({ isOn })}
        />
        {settings.isOn && (
          <>
            <Pause settings={settings} />
            <div>
              <div className="flex items-center gap-3">
                <label htmlFor={id} className="flex-1 font-medium">
                  A notification shows
                </label>
                <Select
                  id={id}
                  aria-describedby={`${id}-about`}
                  className="w-60"
                  value={settings.text}
                  onChange={({ target }) => choose({ text: target.value as NoticeText })}
                >
                  {TEXTS.map(([value, words]) => (
                    <option key={value} value={value}>
                      {words}
                    </option>
                  ))}
                </Select>
              </div>
              <p id={`${id}-about`} className="mt-1 text-sm text-pretty text-ink-3">
                Whoever stands before the screen can read it, on many computers also while it is
                locked. A reply can be typed only where the message is shown.
              </p>
            </div>
            <QuietHoursFields quiet={settings.quiet} onChange={(quiet) => choose({ quiet })} />
          </>
        )}
        {set.sentence !== null && (
          <p role="alert" className="text-sm text-danger">
            {set.sentence}
          </p>
        )}
      </div>
    </section>
  );
}

/** A browser shows nothing until it is allowed to; under Electron nobody has to ask. */
function Permission() {
  const bridge = useBridge();
  const { value: desktop } = useQuery('desktop', {});
  const permission = usePagePermission();
  if (desktop === undefined) return null;
  if (desktop !== null)
    return desktop.canTell ? null : (
      <p className="text-pretty text-ink-2">
        This computer shows no notifications. The bell and its number tell you all the same.
      </p>
    );
  if (permission === 'granted') return null;
  if (permission === 'unsupported')
    return (
      <p className="text-pretty text-ink-2">
        This browser shows no notifications. The bell and the number on the tab tell you all the
        same.
      </p>
    );
  if (permission === 'denied')
    return (
      <p className="text-pretty text-warn">
        This browser blocks Docket’s notifications. Allow them for this address in the browser’s
        settings.
      </p>
    );
  const allow = async () => {
    // What came in until now is no news of this moment.
    await bridge.request('notices.take', {}).catch(() => undefined);
    await askForPermission();
  };
  return (
    <div className="flex items-center gap-3">
      <p className="flex-1 text-pretty text-ink-2">
        This browser shows no notifications of Docket until you allow it.
      </p>
      <Button look="primary" onClick={() => void allow()}>
        Allow notifications
      </Button>
    </div>
  );
}

function Pause({ settings: { pausedUntil } }: { settings: NoticeSettings }) {
  const pause = useRequest('notices.pause');
  const now = useNow();
  const isPaused = pausedUntil !== null && Date.parse(pausedUntil) > now.getTime();
  return (
    <div>
      <div className="flex flex-wrap items-center gap-2">
        <p className="flex-1 font-medium" role="status">
          {isPaused ? `Paused until ${timeOrDay(pausedUntil, now)}` : 'Pause notifications'}
        </p>
        {isPaused ? (
          <Button small disabled={pause.busy} onClick={() => void pause.send({ until: null })}>
            Go on now
          </Button>
        ) : (
          <>
            <Button
              small
              disabled={pause.busy}
              onClick={() => void pause.send({ until: 'in-an-hour' })}
            >
              For 1 hour
            </Button>
            <Button
              small
              disabled={pause.busy}
              onClick={() => void pause.send({ until: 'tomorrow' })}
            >
              Until tomorrow
            </Button>
          </>
        )}
      </div>
      {pause.sentence !== null && (
        <p role="alert" className="mt-1 text-sm text-danger">
          {pause.sentence}
        </p>
      )}
    </div>
  );
}
