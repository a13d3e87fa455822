import { UserRoundX } from 'lucide-react';
import { toast } from 'sonner';
import type { JobPage } from '../../electron/core/api/jobs-contract.ts';
import type { MemberId } from '../records.ts';
import { useOffice } from '../shell/office.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { Menu, MenuChoice, MenuChoices, MenuHeading } from '../ui/menu.tsx';
import { useRequest } from '../use-request.ts';

const NOBODY = 'nobody';

export function AssigneeMenu({ page }: { page: JobPage }) {
  const { job, assignee } = page;
  const { members, me } = useOffice();
  const assign = useRequest('jobs.assign', toast.error);

  const give = async (value: string) => {
    const toMemberId = value === NOBODY ? null : (value as MemberId);
    if (toMemberId === job.assigneeId) return;
    await assign.send({ jobId: job.id, toMemberId });
  };

  const name = assignee === null ? 'nobody' : assignee.id === me.id ? 'you' : assignee.name;
  const trigger = (
    <button
      type="button"
      title={`Assigned to ${name}`}
      disabled={assign.busy}
      className="inline-flex min-w-9 items-center gap-2 rounded-full px-2 py-0.5 text-ink-2 hover:bg-surface-3 hover:text-ink data-[state=open]:bg-surface-3"
    >
      {assignee === null ? (
        <UserRoundX aria-hidden size={15} className="shrink-0 text-ink-3" />
      ) : (
        <Avatar small id={assignee.id} name={assignee.name} />
      )}
      <span className="truncate">
        <span className="max-[1000px]:sr-only">Assigned to </span>
        <bdi>{name}</bdi>
      </span>
    </button>
  );
  return (
    <Menu trigger={trigger} label="Assignee">
      <MenuHeading>Assign to</MenuHeading>
      <MenuChoices value={job.assigneeId ?? NOBODY} onChange={(value) => void give(value)}>
        <MenuChoice value={NOBODY}>
          <UserRoundX aria-hidden size={18} className="mx-px text-ink-3" /> Nobody
        </MenuChoice>
        {members.map((member) => (
          <MenuChoice key={member.id} value={member.id}>
            <Avatar small id={member.id} name={member.name} />
            <span className="truncate">
              {member.id === me.id ? `${member.name} (you)` : member.name}
            </span>
          </MenuChoice>
        ))}
      </MenuChoices>
    </Menu>
  );
}
