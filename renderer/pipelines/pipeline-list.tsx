import { ArrowDown, ArrowUp, Plus } from 'lucide-react';
import { toast } from 'sonner';
import { Link, useLocation } from 'wouter';
import type { Pipeline } from '../records.ts';
import { useOffice } from '../shell/office.tsx';
import { IconButton } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { HueDot } from '../ui/hue-dot.tsx';
import { countOf } from '../ui/size-words.ts';
import { useRequest } from '../use-request.ts';
import { moved } from './pipeline-draft.ts';
import { onMoveKey } from './row-tools.tsx';

/** The pipelines in their order. */
export function PipelineList({ openId, isWide }: { openId: string | null; isWide: boolean }) {
  const { pipelines, jobsByPipeline, me } = useOffice();
  const [, goTo] = useLocation();
  const order = useRequest('pipelines.order', toast.error);
  const isAdmin = me.role === 'admin';
  const move = (index: number, by: 1 | -1) => {
    const next = moved(pipelines, index, by);
    if (next.some(({ id }, place) => id !== pipelines[place]?.id))
      void order.send({ pipelineIds: next.map(({ id }) => id) });
  };
  const Frame = isWide ? 'main' : 'section';
  const Heading = openId === null ? 'h1' : 'h2';
  return (
    <Frame
      aria-label="Pipelines"
      className={classNames(
        'flex min-h-0 flex-col bg-surface',
        isWide ? 'min-w-0 flex-1' : 'w-[250px] shrink-0 border-r border-line',
      )}
    >
      <header className="flex h-[53px] shrink-0 items-center border-b border-line px-3.5">
        <Heading className="flex-1 text-title font-semibold tracking-tight">Pipelines</Heading>
        {isAdmin && (
          <IconButton label="New pipeline" onClick={() => goTo('/settings/pipelines/new')}>
            <Plus aria-hidden size={17} />
          </IconButton>
        )}
      </header>
      <ol className="min-h-0 flex-1 overflow-y-auto">
        {pipelines.map((pipeline, index) => (
          <Row
            key={pipeline.id}
            pipeline={pipeline}
            jobs={jobsByPipeline[pipeline.id] ?? 0}
            isOpen={pipeline.id === openId}
            {...(isAdmin ? { onMove: (by: 1 | -1) => move(index, by) } : {})}
            isFirst={index === 0}
            isLast={index === pipelines.length - 1}
          />
        ))}
      </ol>
    </Frame>
  );
}

function Row({
  pipeline,
  jobs,
  isOpen,
  isFirst,
  isLast,
  onMove,
}: {
  pipeline: Pipeline;
  jobs: number;
  isOpen: boolean;
  isFirst: boolean;
  isLast: boolean;
  onMove?: (by: 1 | -1) => void;
}) {
  const { id, name, hue, stages } = pipeline;
  return (
    <li
      className={classNames(
        'group/row relative flex items-center border-b border-line pr-1.5',
        isOpen ? 'bg-accent-soft' : 'hover:bg-surface-2',
      )}
    >
      <Link
        {...(onMove === undefined ? {} : { onKeyDown: onMoveKey(onMove) })}
        href={`/settings/pipelines/${id}`}
        aria-current={isOpen ? 'page' : undefined}
        className="flex min-w-0 flex-1 items-center gap-3 py-2.5 pl-3.5 focus-visible:-outline-offset-2"
      >
        <HueDot hue={hue} className="size-2.5" />
        <span className="min-w-0">
          <span dir="auto" className="block truncate font-medium">
            {name}
          </span>
          <span className="block text-sm text-ink-3">
            {countOf(stages.length, 'stage')}, {countOf(jobs, 'job')}
          </span>
        </span>
      </Link>
      {onMove !== undefined && (
        <span className="flex opacity-0 group-focus-within/row:opacity-100 group-hover/row:opacity-100">
          <IconButton
            label={`Move ${name} up`}
            keys="Alt ↑"
            disabled={isFirst}
            className="size-6"
            onClick={() => onMove(-1)}
          >
            <ArrowUp aria-hidden size={13} />
          </IconButton>
          <IconButton
            label={`Move ${name} down`}
            keys="Alt ↓"
            disabled={isLast}
            className="size-6"
            onClick={() => onMove(1)}
          >
            <ArrowDown aria-hidden size={13} />
          </IconButton>
        </span>
      )}
    </li>
  );
}
