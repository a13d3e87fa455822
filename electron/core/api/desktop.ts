// What only a desktop shell can do, on its way to it. (I1)

import { AppError } from '../errors.ts';
import type { DesktopAct, DesktopQueries, DesktopRequests } from './desktop-contract.ts';
import type { Office } from './office.ts';

export function desktopState({
  host,
  presence,
}: Pick<Office, 'host' | 'presence'>): DesktopQueries['desktop']['answer'] {
  if (host.desktop === undefined) return null;
  return { ...host.desktop.state, isBeingWritten: presence.isWritingHere };
}

export const desktopRequests: {
  readonly [N in keyof DesktopRequests]: (
    office: Office,
    args: DesktopRequests[N]['args'],
  ) => DesktopRequests[N]['answer'];
} = {
  'desktop.keep-running': (office, { keep }) => act(office, { kind: 'keep-running', keep }),
  'desktop.look-for-update': (office) => act(office, { kind: 'look-for-update' }),
  'desktop.restart': (office) => {
    if (office.presence.isWritingHere)
      throw new AppError('not-understood', {
        sentence:
          'Something is being written in a window of this Docket, so it was not restarted. Try again when it is done.',
      });
    return act(office, { kind: 'restart' });
  },
};

function act({ host }: Office, wish: DesktopAct): Record<string, never> {
  if (host.desktop === undefined)
    throw new AppError('not-understood', {
      sentence: 'This Docket runs in a browser, which does this itself.',
    });
  host.desktop.act(wish);
  return {};
}
