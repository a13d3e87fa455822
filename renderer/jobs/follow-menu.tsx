import { Bell, BellOff, BellRing } from 'lucide-react';
import { useRef } from 'react';
import { toast } from 'sonner';
import type { FollowState } from '../../electron/core/api/care-contract.ts';
import type { JobId } from '../records.ts';
import { useShortcut } from '../shell/use-shortcut.ts';
import { IconButton } from '../ui/button.tsx';
import { Menu, MenuChoice, MenuChoices, MenuHeading } from '../ui/menu.tsx';
import { useRequest } from '../use-request.ts';
import { openMenu } from './open-menu.ts';

const LABELS: Readonly<Record<FollowState, string>> = {
  following: 'You follow this job',
  muted: 'This job is muted',
  neither: 'Follow or mute this job',
};

/** Whether this job rings the member's bell. (F3) */
export function FollowMenu({
  jobId,
  follow,
  isMine,
}: {
  jobId: JobId;
  follow: FollowState;
  /** Assigned jobs count as followed. */
  isMine: boolean;
}) {
  const button = useRef<HTMLButtonElement>(null);
  const set = useRequest('jobs.follow', toast.error);
  useShortcut([{ key: 'l' }], () => openMenu(button.current));
  const Icon = follow === 'following' ? BellRing : follow === 'muted' ? BellOff : Bell;
  const trigger = (
    <IconButton
      ref={button}
      label={LABELS[follow]}
      keys="L"
      className={follow === 'neither' ? '' : 'text-accent'}
    >
      <Icon aria-hidden size={16} />
    </IconButton>
  );
  return (
    <Menu trigger={trigger} label="The bell and this job" align="end">
      <MenuHeading>When the customer does something here</MenuHeading>
      <MenuChoices
        value={follow}
        onChange={(state) => void set.send({ jobId, state: state as FollowState })}
      >
        <MenuChoice value="following">
          <BellRing aria-hidden size={15} className="text-ink-3" /> Always ring my bell
        </MenuChoice>
        <MenuChoice value="neither">
          <Bell aria-hidden size={15} className="text-ink-3" />
          {isMine ? 'Ring, because the job is mine' : 'As the bell is set'}
        </MenuChoice>
        <MenuChoice value="muted">
          <BellOff aria-hidden size={15} className="text-ink-3" /> Never ring, mute it
        </MenuChoice>
      </MenuChoices>
    </Menu>
  );
}
