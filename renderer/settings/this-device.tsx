import { useId } from 'react';
import { updateWords, versionWords } from '../desktop/update-words.ts';
import { openBeside } from '../links/open-beside.ts';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { useNow } from '../ui/use-now.ts';
import type { Queries } from '../../electron/core/api/contract.ts';
import { useQuery } from '../use-query.ts';
import { useRequest } from '../use-request.ts';
import { useArrival } from './use-arrival.ts';

/** What Docket does on this computer's desktop. (I1) */
export function ThisDevice() {
  const { value: desktop } = useQuery('desktop', {});
  return desktop === undefined ? null : <Part desktop={desktop} />;
}

function Part({ desktop }: { desktop: Queries['desktop']['answer'] }) {
  const id = useId();
  const heading = useArrival('device');
  return (
    <section aria-labelledby={id} className="mt-7">
      <h2
        id={id}
        ref={heading}
        tabIndex={-1}
        className="scroll-mt-5 text-title font-semibold tracking-tight outline-none"
      >
        This device
      </h2>
      {desktop === null ? (
        <p className="mt-1 text-pretty text-ink-3">
          Docket runs in a browser here. A sign in the tray, menus of its own and updates are things
          of the installed Docket.
        </p>
      ) : (
        <OnDesktop desktop={desktop} />
      )}
    </section>
  );
}

function OnDesktop({ desktop }: { desktop: NonNullable<Queries['desktop']['answer']> }) {
  const keep = useRequest('desktop.keep-running');
  const look = useRequest('desktop.look-for-update');
  const restart = useRequest('desktop.restart');
  const now = useNow();
  const { update, keepsRunning, version } = desktop;
  const sentence = keep.sentence ?? look.sentence ?? restart.sentence;
  return (
    <div className="mt-3 grid gap-4 rounded-xl border border-line p-4 shadow-paper">
      {keepsRunning !== null && (
        <CheckField
          label="Keep running in the tray"
          hint="Closing the last window leaves Docket running, so that it goes on syncing and telling you. Where no tray is shown, starting Docket again brings it back."
          checked={keepsRunning}
          onChange={(chosen) => void keep.send({ keep: chosen })}
        />
      )}
      <div className="flex items-center gap-3">
        <p className="flex-1 text-pretty">
          <span className="font-medium">Docket {versionWords(version)}.</span>{' '}
          <span role="status" className="text-ink-2">
            {updateWords(update, now)}
          </span>
        </p>
        {update.kind === 'idle' && (
          <Button small disabled={look.busy} onClick={() => void look.send({})}>
            Look now
          </Button>
        )}
        {update.kind === 'ready' && (
          <Button
            small
            look="primary"
            disabled={restart.busy}
            onClick={() => void restart.send({})}
          >
            Restart
          </Button>
        )}
      </div>
      <div className="flex items-center gap-3">
        <p className="flex-1 text-pretty text-ink-2">
          Work in several windows. They come back where they stood when Docket starts again.
        </p>
        <Button small onClick={() => openBeside('/')}>
          New window
        </Button>
      </div>
      {sentence !== null && (
        <p role="alert" className="text-sm text-danger">
          {sentence}
        </p>
      )}
    </div>
  );
}
