import { type SubmitEvent, useState } from 'react';
import { toast } from 'sonner';
import type { MemberId } from '../records.ts';
import { useOffice } from '../shell/office.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogFoot } from '../ui/dialog.tsx';
import { SelectField } from '../ui/field.tsx';
import { countOf } from '../ui/size-words.ts';
import { useQuery } from '../use-query.ts';
import { useRequest } from '../use-request.ts';
import { FormNotices } from './form-notices.tsx';
import type { AboutMember } from './about-member.ts';

const NOBODY = 'nobody';

/** Says what becomes of their devices, their words and their jobs. (J1) */
export function RemoveMember({ member, known, onClose }: AboutMember) {
  const { members } = useOffice();
  const [assignTo, setAssignTo] = useState<string>(NOBODY);
  const remove = useRequest('members.remove');
  const { value: assigned } = useQuery('jobs.list', {
    scope: { kind: 'all' },
    stageId: null,
    assigneeId: member.id,
    unreadOnly: false,
    search: '',
    offset: 0,
    limit: 1,
  });
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const to = assignTo === NOBODY ? null : (assignTo as MemberId);
    if ((await remove.send({ memberId: member.id, assignTo: to })) === undefined) return;
    onClose();
    known.reload();
    toast(`${member.name} is removed`);
  };
  return (
    <Dialog
      title={`Remove ${member.name} from the office?`}
      description="They can no longer sign in, and nothing more reaches them."
      onClose={onClose}
    >
      <form className="contents" onSubmit={(event) => void submit(event)}>
        <div className="grid min-h-0 gap-3.5 overflow-y-auto px-5 pt-1 pb-5">
          <ul
            aria-label="What happens"
            className="grid list-disc gap-1 pl-4 text-pretty text-ink-2"
          >
            <li>
              Their devices are signed out. Each removes everything of the office at its next
              contact with the server. What they had not sent stays there and is not sent.
            </li>
            <li>What they wrote and did stays, under their name.</li>
            <li>Adding the same email again brings them back as who they were.</li>
          </ul>
          {assigned !== undefined && assigned.total > 0 && (
            <SelectField
              label={`Who gets the ${countOf(assigned.total, 'job')} assigned to them`}
              value={assignTo}
              onChange={setAssignTo}
            >
              <option value={NOBODY}>Nobody for now</option>
              {members
                .filter(({ id }) => id !== member.id)
                .map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
            </SelectField>
          )}
          <FormNotices isOffline={known.isOffline} sentence={remove.sentence} />
        </div>
        <DialogFoot>
          <Button
            look="danger"
            type="submit"
            className="mr-auto"
            disabled={remove.busy || known.isOffline || assigned === undefined}
          >
            Remove
          </Button>
          <Button look="primary" autoFocus onClick={onClose}>
            Keep them
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
