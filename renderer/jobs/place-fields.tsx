import type { Pipeline, Stage } from '../records.ts';
import { pipelineIn, stageIn, useOffice } from '../shell/office.tsx';
import { SelectField } from '../ui/field.tsx';

/** Where a job stands. */
export interface Place {
  readonly pipeline: Pipeline | undefined;
  readonly stage: Stage | undefined;
}

/** The pipeline's stage that was chosen, or its first. */
export function usePlace(pipelineId: string, stageId: string): Place {
  const pipeline = pipelineIn(useOffice(), pipelineId);
  return { pipeline, stage: stageIn(pipeline, stageId) ?? pipeline?.stages[0] };
}

/** Chooses a pipeline and one of its stages. (A1) */
export function PlaceFields({
  place: { pipeline, stage },
  onPipeline,
  onStage,
}: {
  place: Place;
  onPipeline: (pipelineId: string) => void;
  onStage: (stageId: string) => void;
}) {
  const { pipelines } = useOffice();
  return (
    <div className="grid grid-cols-2 gap-3">
      <SelectField label="Pipeline" value={pipeline?.id ?? ''} onChange={onPipeline}>
        {pipelines.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField label="Stage" value={stage?.id ?? ''} onChange={onStage}>
        {pipeline?.stages.map(({ id, name, visibleToCustomer }) => (
          <option key={id} value={id}>
            {visibleToCustomer ? name : `${name} (internal)`}
          </option>
        ))}
      </SelectField>
    </div>
  );
}

/** What the customer has of it, in a sentence. (A5) */
export function sightWords(customerName: string, stage: Stage | undefined): string {
  return stage?.visibleToCustomer === true
    ? `${customerName} will see this job in the portal, in “${stage.name}”.`
    : `${customerName} will not see this job until it moves to a visible stage.`;
}
