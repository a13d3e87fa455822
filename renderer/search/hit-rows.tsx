// One thing that was found, each a link to where it stands. (G1)

import {
  ClipboardList,
  Clock,
  GitCommitHorizontal,
  type LucideIcon,
  PencilLine,
  Undo2,
  UserRound,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type {
  CustomerHit,
  EntryHit,
  FileHit,
  HitJob,
  JobHit,
} from '../../electron/core/api/search-contract.ts';
import { Marked } from '../activity/marked.tsx';
import { previewParts } from '../activity/preview-words.ts';
import { TypeMark } from '../attachments/type-mark.tsx';
import type { EntryKind } from '../records.ts';
import { pipelineIn, stageIn, useOffice } from '../shell/office.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { Chip } from '../ui/chip.tsx';
import { countOf, sizeWords } from '../ui/size-words.ts';
import { StagePill } from '../ui/stage-pill.tsx';
import { fullTime, shortTime } from '../ui/time-words.ts';
import { useNow } from '../ui/use-now.ts';

interface RowProps<Hit> {
  readonly hit: Hit;
  readonly search: string;
}

export function JobHitRow({ hit, search }: RowProps<JobHit>) {
  const office = useOffice();
  const stage = stageIn(pipelineIn(office, hit.pipelineId), hit.stageId);
  return (
    <HitLink to={`/jobs/${hit.jobId}`} at={hit.lastActivityAt}>
      <span dir="auto" className="block truncate text-left font-medium">
        <Marked text={hit.title} search={search} />
      </span>
      <span className="mt-1 flex min-w-0 items-center gap-1.5 text-sm text-ink-3">
        <StagePill stage={stage} className="max-w-[45%]" />
        <span className="flex min-w-0">
          {hit.reference !== null && (
            <span className="shrink-0 whitespace-pre">
              <Marked text={hit.reference} search={search} />
              {' · '}
            </span>
          )}
          <span dir="auto" className="min-w-0 truncate">
            <Marked text={hit.customerName} search={search} />
          </span>
        </span>
      </span>
    </HitLink>
  );
}

export function CustomerHitRow({ hit, search }: RowProps<CustomerHit>) {
  const reached = [...hit.emails, hit.phone].filter((one) => one !== '');
  return (
    <HitLink
      to={`/customers/${hit.customerId}`}
      face={<Avatar isCustomer id={hit.customerId} name={hit.name} />}
      aside={countOf(hit.jobCount, 'job')}
    >
      <span dir="auto" className="block truncate text-left font-medium">
        <Marked text={hit.name} search={search} />
      </span>
      <span className="block truncate text-sm text-ink-3">
        <Marked text={reached.length === 0 ? 'No email' : reached.join(' · ')} search={search} />
      </span>
    </HitLink>
  );
}

export function EntryHitRow({ hit, search }: RowProps<EntryHit>) {
  const { lead } = previewParts({ ...hit, snippet: '' });
  const Icon = hit.kind === 'reply' ? undefined : KIND_ICONS[hit.kind];
  return (
    <HitLink to={`/jobs/${hit.job.jobId}?entry=${hit.entryId}`} at={hit.at}>
      <span className="flex min-w-0 items-center gap-2">
        {Icon !== undefined && <Icon aria-hidden size={14} className="shrink-0 text-ink-3" />}
        <span dir="auto" className="truncate font-medium">
          {lead}
        </span>
        <Chip audience={hit.fromCustomer ? 'from_customer' : hit.audience} />
        <State isPending={hit.isPending} isWithdrawn={hit.isWithdrawn} />
      </span>
      <Excerpt text={hit.excerpt} search={search} />
      <InJob job={hit.job} />
    </HitLink>
  );
}

const KIND_ICONS: Readonly<Partial<Record<EntryKind, LucideIcon>>> = {
  status_change: GitCommitHorizontal,
  form_save: ClipboardList,
  assignment: UserRound,
  job_change: PencilLine,
};

export function FileHitRow({ hit, search }: RowProps<FileHit>) {
  return (
    <HitLink
      to={`/jobs/${hit.job.jobId}?entry=${hit.entryId}`}
      at={hit.at}
      face={
        <span className="grid h-10 w-8 place-items-center overflow-hidden rounded-[5px] border border-line bg-surface-2 text-ink-3">
          <span className="scale-75">
            <TypeMark name={hit.name} />
          </span>
        </span>
      }
    >
      <span className="flex min-w-0 items-center gap-2">
        <span dir="auto" className="min-w-0 truncate font-medium">
          <Marked text={hit.name} search={search} />
        </span>
        <Chip audience={hit.fromCustomer ? 'from_customer' : hit.audience} />
        <State isPending={hit.isPending} isWithdrawn={hit.isWithdrawn} />
      </span>
      {hit.excerpt !== null && <Excerpt text={hit.excerpt} search={search} />}
      <InJob
        job={hit.job}
        also={`${sizeWords(hit.sizeBytes)} · ${hit.mine ? 'You' : hit.authorName}`}
      />
    </HitLink>
  );
}

function HitLink({
  to,
  at,
  face,
  aside,
  children,
}: {
  to: string;
  at?: string;
  face?: ReactNode;
  aside?: string;
  children: ReactNode;
}) {
  const now = useNow();
  return (
    <Link
      href={to}
      data-hit
      className="flex gap-3 border-b border-line px-3 py-2.5 last:border-b-0 hover:bg-surface-2 focus-visible:-outline-offset-2"
    >
      {face !== undefined && <span className="shrink-0 pt-0.5">{face}</span>}
      <span className="min-w-0 flex-1">{children}</span>
      {at !== undefined && at !== '' && (
        <time
          dateTime={at}
          title={fullTime(at)}
          className="shrink-0 text-sm text-ink-3 tabular-nums"
        >
          {shortTime(at, now)}
        </time>
      )}
      {aside !== undefined && (
        <span className="shrink-0 text-sm text-ink-3 tabular-nums">{aside}</span>
      )}
    </Link>
  );
}

function Excerpt({ text, search }: { text: string; search: string }) {
  return (
    <span dir="auto" className="mt-0.5 line-clamp-2 block text-left wrap-anywhere text-ink-2">
      <Marked text={text} search={search} />
    </span>
  );
}

function InJob({ job, also }: { job: HitJob; also?: string }) {
  return (
    <span className="mt-1 flex min-w-0 text-sm text-ink-3">
      {job.reference !== null && (
        <span className="shrink-0 whitespace-pre">{`${job.reference} · `}</span>
      )}
      <span dir="auto" className="min-w-0 truncate">
        {job.title}
      </span>
      <span className="max-w-[40%] shrink-0 truncate whitespace-pre">{` · ${job.customerName}`}</span>
      {also !== undefined && <span className="shrink-0 whitespace-pre">{` · ${also}`}</span>}
    </span>
  );
}

function State({ isPending, isWithdrawn }: { isPending: boolean; isWithdrawn: boolean }) {
  return (
    <>
      {isWithdrawn && (
        <span className="inline-flex shrink-0 items-center gap-1 text-sm text-ink-3">
          <Undo2 aria-hidden size={12} /> Withdrawn
        </span>
      )}
      {isPending && (
        <span className="inline-flex shrink-0 items-center gap-1 text-sm text-warn">
          <Clock aria-hidden size={12} /> On this device, waiting
        </span>
      )}
    </>
  );
}
