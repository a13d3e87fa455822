import { ArrowLeft, Eye, Link2, PencilLine } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import type { JobPage } from '../../electron/core/api/jobs-contract.ts';
import type { PresentPerson } from '../../electron/core/api/session-contract.ts';
import { ExportButton } from '../export/export-button.tsx';
import { copyLink } from '../links/copy-link.ts';
import { useOffice } from '../shell/office.tsx';
import { useShortcut } from '../shell/use-shortcut.ts';
import { IconButton } from '../ui/button.tsx';
import { AssigneeMenu } from './assignee-menu.tsx';
import { CorrectJobDialog } from './correct-job-dialog.tsx';
import { CustomerPopover } from './customer-popover.tsx';
import { FollowMenu } from './follow-menu.tsx';
import { StageSwitch } from './stage-switch.tsx';
import { ScheduledCount } from '../scheduled/scheduled-count.tsx';
import { PresentPeople } from '../presence/present-people.tsx';

export function JobHeader({
  page,
  people,
  back,
  children,
}: {
  page: JobPage;
  /** Who else has it open. (H8) */
  people: readonly PresentPerson[];
  /** Where the list is, when it does not stand beside the job. */
  back: string | null;
  children: ReactNode;
}) {
  const [, goTo] = useLocation();
  const { job } = page;
  const { me } = useOffice();
  return (
    <header className="border-b border-line px-6 pt-3.5">
      <div className="flex items-center gap-2.5">
        {back !== null && (
          <IconButton
            label="Back to the list"
            keys="Esc"
            className="-ml-2"
            onClick={() => goTo(back)}
          >
            <ArrowLeft aria-hidden size={17} />
          </IconButton>
        )}
        <h1
          dir="auto"
          title={job.title}
          className="min-w-0 truncate text-xl leading-tight font-semibold tracking-[-0.015em]"
        >
          {job.title}
        </h1>
        <span className="shrink-0 font-reference text-sm text-ink-3">
          {job.reference ?? 'No number yet'}
        </span>
        <ScheduledCount jobId={job.id} />
        <PresentPeople people={people} />
      </div>
      <div className="mt-1.5 flex min-w-0 items-center gap-1.5">
        <StageSwitch page={page} />
        <CustomerPopover page={page} />
        <AssigneeMenu page={page} />
        <span className="ml-auto flex shrink-0 items-center gap-0.5">
          <CorrectJobButton page={page} />
          <IconButton
            label="Copy a link to this job"
            keys="Y"
            onClick={() => void copyLink(job.id)}
          >
            <Link2 aria-hidden size={16} />
          </IconButton>
          <ExportButton jobId={job.id} />
          <FollowMenu jobId={job.id} follow={page.follow} isMine={page.assignee?.id === me.id} />
          <IconButton
            label="View as the customer"
            keys="E"
            onClick={() => goTo(`/jobs/${job.id}/as-customer`)}
          >
            <Eye aria-hidden size={16} />
          </IconButton>
        </span>
      </div>
      {children}
    </header>
  );
}

function CorrectJobButton({ page }: { page: JobPage }) {
  const [isOpen, setIsOpen] = useState(false);
  const open = () => setIsOpen(true);
  useShortcut([{ key: 't' }], open);
  return (
    <>
      <IconButton label="Correct title, customer or pipeline" keys="T" onClick={open}>
        <PencilLine aria-hidden size={16} />
      </IconButton>
      {isOpen && <CorrectJobDialog page={page} onClose={() => setIsOpen(false)} />}
    </>
  );
}
