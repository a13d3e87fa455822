import { AppWindow, BellOff, BellRing, CircleArrowUp, Monitor } from 'lucide-react';
import type { ReactNode } from 'react';
import { toast } from 'sonner';
import { useLocation } from 'wouter';
import { openBeside } from '../links/open-beside.ts';
import type { Choice } from '../search/choice.ts';
import { useNow } from '../ui/use-now.ts';
import { useQuery } from '../use-query.ts';
import { useRequest } from '../use-request.ts';

/** What can be done about notices, windows and updates, from the palette. (G3) */
export function useDesktopChoices(onClose: () => void): {
  readonly places: readonly Choice[];
  readonly actions: readonly Choice[];
} {
  const [path, goTo] = useLocation();
  const { value: settings } = useQuery('notices.settings', {});
  const { value: desktop } = useQuery('desktop', {});
  const now = useNow();
  const pause = useRequest('notices.pause', toast.error);
  const restart = useRequest('desktop.restart', toast.error);
  const choice = (group: Choice['group'], name: string, icon: ReactNode, act: () => unknown) => ({
    group,
    name,
    icon,
    act: () => {
      onClose();
      act();
    },
  });
  const isJob = path.startsWith('/jobs/');
  const until = settings?.pausedUntil ?? null;
  const isPaused = until !== null && Date.parse(until) > now.getTime();
  const places = [
    choice('place', 'Notification settings', <BellRing size={15} />, () =>
      goTo('/settings?part=notifications'),
    ),
    choice('place', 'Settings of this device', <Monitor size={15} />, () =>
      goTo('/settings?part=device'),
    ),
  ];
  const actions = [
    choice('action', 'New window', <AppWindow size={15} />, () => openBeside('/')),
    ...(isJob
      ? [
          choice('action', 'Open this job in a new window', <AppWindow size={15} />, () =>
            openBeside(path),
          ),
        ]
      : []),
    ...(isPaused
      ? [
          choice('action', 'Go on with notifications', <BellRing size={15} />, () =>
            pause.send({ until: null }),
          ),
        ]
      : [
          choice('action', 'Pause notifications for 1 hour', <BellOff size={15} />, () =>
            pause.send({ until: 'in-an-hour' }),
          ),
          choice('action', 'Pause notifications until tomorrow', <BellOff size={15} />, () =>
            pause.send({ until: 'tomorrow' }),
          ),
        ]),
    ...(desktop?.update.kind === 'ready'
      ? [choice('action', 'Restart to update', <CircleArrowUp size={15} />, () => restart.send({}))]
      : []),
  ];
  return { places, actions };
}
