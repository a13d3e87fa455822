import { Monitor } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import type { Member } from '../records.ts';
import { useOffice } from '../shell/office.tsx';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { fullTime, shortTime } from '../ui/time-words.ts';
import { useNow } from '../ui/use-now.ts';
import { useRequest } from '../use-request.ts';
import { seenWords, WIPES } from './member-words.ts';
import { SignOutHere } from './sign-out-here.tsx';
import type { Device, KnownMembers } from './use-member-list.ts';

/** The devices somebody is signed in on, each with its way out. (J1) */
export function DeviceList({
  member,
  devices,
  known,
}: {
  member: Pick<Member, 'id' | 'name'>;
  devices: readonly Device[];
  known: KnownMembers;
}) {
  const now = useNow();
  const { me } = useOffice();
  const [asked, setAsked] = useState<Device | null>(null);
  const signOut = useRequest('devices.sign-out', toast.error);
  const isOwn = member.id === me.id;
  const isThis = (device: Device) => isOwn && device.clientId === known.thisClientId;
  const act = async ({ clientId, name }: Device) => {
    if ((await signOut.send({ memberId: member.id, clientId })) === undefined) return;
    toast(`${nameOf(name)} is signed out`);
    known.reload();
  };
  return (
    <>
      <ul aria-label={`Devices of ${member.name}`} className="grid">
        {devices
          .toSorted((one, other) => Number(isThis(other)) - Number(isThis(one)))
          .map((device) => (
            <li
              key={device.clientId}
              className="flex min-h-11 items-center gap-2.5 border-t border-line py-1.5 first:border-t-0"
            >
              <Monitor aria-hidden size={16} strokeWidth={1.7} className="shrink-0 text-ink-3" />
              <div className="min-w-0 flex-1">
                <p className="flex items-baseline gap-2">
                  <span className="truncate">{nameOf(device.name)}</span>
                  {isThis(device) && (
                    <span className="shrink-0 rounded-full bg-surface-3 px-2 text-xs leading-[18px] font-semibold text-ink-2">
                      This device
                    </span>
                  )}
                </p>
                <p className="text-sm text-ink-3" title={fullTime(device.lastSeenAt)}>
                  {seenWords(device.lastSeenAt, now)} · signed in{' '}
                  {shortTime(device.signedInAt, now)}
                </p>
              </div>
              <Button
                small
                look="quiet"
                aria-label={`Sign out ${nameOf(device.name)}`}
                disabled={signOut.busy || (known.isOffline && !isThis(device))}
                onClick={() => setAsked(device)}
              >
                Sign out
              </Button>
            </li>
          ))}
      </ul>
      {asked !== null && isThis(asked) && <SignOutHere onClose={() => setAsked(null)} />}
      {asked !== null && !isThis(asked) && (
        <Confirm
          title={`Sign out ${nameOf(asked.name)}?`}
          action="Sign out"
          keep="Keep it signed in"
          onConfirm={() => void act(asked)}
          onClose={() => setAsked(null)}
        >
          {WIPES} What {isOwn ? 'you' : member.name} had not sent is kept there and goes out after
          signing in on it again. A device that never comes online keeps what it holds.
        </Confirm>
      )}
    </>
  );
}

const nameOf = (name: string): string => (name.trim() === '' ? 'A device' : name);
