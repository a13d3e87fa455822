import { useId } from 'react';
import { DeviceList } from '../members/device-list.tsx';
import { OFFLINE_WORDS } from '../members/member-words.ts';
import { useMemberList } from '../members/use-member-list.ts';
import { useOffice } from '../shell/office.tsx';
import { Notice } from '../ui/notice.tsx';

/** Where I am signed in, and the way to end it from here. (J1) */
export function OwnDevices() {
  const id = useId();
  const { me } = useOffice();
  const known = useMemberList();
  const devices = known.seen?.get(me.id)?.devices;
  return (
    <section aria-labelledby={id} className="mt-7">
      <h2 id={id} className="text-title font-semibold tracking-tight">
        Your devices
      </h2>
      <p className="mt-1 text-pretty text-ink-2">
        Where you are signed in. A device you sign out from here removes everything of the office at
        its next contact with the server; what you had not sent on it is kept for you.
      </p>
      {known.isOffline && (
        <Notice look="warn" className="mt-3">
          {OFFLINE_WORDS}
        </Notice>
      )}
      {known.sentence !== null && (
        <Notice look="danger" className="mt-3">
          Your devices could not be read. {known.sentence}
        </Notice>
      )}
      {devices != null && (
        <div className="mt-3 rounded-xl border border-line px-4 shadow-paper">
          <DeviceList member={me} devices={devices} known={known} />
        </div>
      )}
    </section>
  );
}
