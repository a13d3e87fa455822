import { ChevronDown, Clock, Eye, Lock } from 'lucide-react';
import { useRef } from 'react';
import { toast } from 'sonner';
import type { JobPage } from '../../electron/core/api/jobs-contract.ts';
import type { Stage, StageId } from '../records.ts';
import { stageIn } from '../shell/office.tsx';
import { useShortcut } from '../shell/use-shortcut.ts';
import { HueDot } from '../ui/hue-dot.tsx';
import { Menu, MenuChoice, MenuChoices, MenuHeading } from '../ui/menu.tsx';
import { Spoken } from '../ui/spoken.tsx';
import { useRequest } from '../use-request.ts';
import { openMenu } from './open-menu.ts';

/** Moves the job. Every stage says whether the customer sees the job in it, and what a move would change for them. (A4, A5) */
export function StageSwitch({ page }: { page: JobPage }) {
  const { job, pipeline, customer, stageWaiting } = page;
  const button = useRef<HTMLButtonElement>(null);
  const change = useRequest('jobs.change-stage', toast.error);
  const stands = stageIn(pipeline, job.stageId);
  useShortcut([{ key: 's' }], () => openMenu(button.current));

  const moveTo = async (toStageId: string) => {
    if (toStageId === job.stageId) return;
    await change.send({ jobId: job.id, toStageId: toStageId as StageId });
  };

  const trigger = (
    <button
      ref={button}
      type="button"
      disabled={change.busy}
      className="inline-flex max-w-[32%] shrink-0 items-center gap-2 rounded-full border border-line-strong py-px pr-2 pl-2.5 leading-[22px] hover:border-ink-3 data-[state=open]:border-ink-3"
    >
      <HueDot hue={stands?.hue ?? 'slate'} />
      <span dir="auto" className="truncate">
        {stands?.name ?? 'Removed stage'}
      </span>
      <Sight stage={stands} />
      {stageWaiting && (
        <Clock
          role="img"
          aria-label="On this device, waiting"
          size={13}
          className="shrink-0 text-warn"
        />
      )}
      <ChevronDown aria-hidden size={13} className="shrink-0 text-ink-3" />
      <Spoken>Change the stage</Spoken>
    </button>
  );

  return (
    <Menu trigger={trigger} label="Stage">
      <MenuHeading>
        <span className="block max-w-64 truncate">{pipeline.name}</span>
      </MenuHeading>
      <MenuChoices value={job.stageId} onChange={(stageId) => void moveTo(stageId)}>
        {pipeline.stages.map((stage) => (
          <MenuChoice key={stage.id} value={stage.id}>
            <HueDot hue={stage.hue} />
            <span className="min-w-0">
              <span className="flex items-center gap-2">
                <span className="truncate">{stage.name}</span>
                <Sight stage={stage} />
              </span>
              <span className="block text-sm text-ink-3 wrap-anywhere">
                {whatChanges(stands, stage, customer.name)}
              </span>
            </span>
          </MenuChoice>
        ))}
      </MenuChoices>
    </Menu>
  );
}

function Sight({ stage }: { stage: Stage | undefined }) {
  if (stage?.visibleToCustomer === true)
    return (
      <Eye
        role="img"
        aria-label="Visible to the customer"
        size={13}
        className="shrink-0 text-visible-ink"
      />
    );
  return (
    <Lock role="img" aria-label="Internal stage" size={12} className="shrink-0 text-internal-ink" />
  );
}

/** What a move would change for the customer; nothing where it changes nothing. */
function whatChanges(from: Stage | undefined, to: Stage, customer: string): string | null {
  if (from === undefined || from.visibleToCustomer === to.visibleToCustomer) return null;
  return to.visibleToCustomer
    ? `${customer} will see this job in the portal`
    : `${customer} will no longer see this job`;
}
