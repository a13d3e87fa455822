import { Workflow } from 'lucide-react';
import { pipelineIn, useOffice } from '../shell/office.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { NewPipeline } from './new-pipeline.tsx';
import { PipelineEditor } from './pipeline-editor.tsx';
import { PipelineList } from './pipeline-list.tsx';

/** How jobs go, and what their customers see of it. (A5) */
export function PipelinesPlace({
  pipelineId,
  isNarrow,
}: {
  pipelineId: string | null;
  isNarrow: boolean;
}) {
  const office = useOffice();
  const pipeline = pipelineIn(office, pipelineId);
  const isOpen = pipelineId !== null;
  return (
    <>
      {(!isNarrow || !isOpen) && <PipelineList openId={pipelineId} isWide={isNarrow} />}
      {pipelineId === 'new' && <NewPipeline hasBack={isNarrow} />}
      {pipeline !== undefined && (
        <PipelineEditor key={pipeline.id} pipeline={pipeline} hasBack={isNarrow} />
      )}
      {pipeline === undefined && pipelineId !== 'new' && (!isNarrow || isOpen) && (
        <main className="min-w-0 flex-1 bg-surface">
          <EmptyState
            icon={Workflow}
            title={isOpen ? 'This pipeline is gone' : 'No pipeline is open'}
          >
            A pipeline says which stages jobs go through, what is filled in about them, and what
            customers see and may do.
          </EmptyState>
        </main>
      )}
    </>
  );
}
