import type { PipelineDraft, Stage, StageId } from '../records.ts';
import { Select } from '../ui/field.tsx';
import { countOf } from '../ui/size-words.ts';

/** A stage with jobs goes only when it is said where they go. (A5) */
export function RemovedStages({
  stages,
  draft,
  jobsByStage,
  goesTo,
  onGoesTo,
}: {
  stages: readonly Stage[];
  draft: PipelineDraft;
  jobsByStage: Readonly<Record<string, number>>;
  goesTo: Readonly<Record<string, StageId>>;
  onGoesTo: (from: StageId, to: StageId) => void;
}) {
  return (
    <ul className="grid gap-2">
      {stages.map(({ id, name }) => (
        <li key={id}>
          <label className="flex flex-wrap items-center gap-2">
            <span>
              {countOf(jobsByStage[id] ?? 0, 'job')} in “{name}”{' '}
              {jobsByStage[id] === 1 ? 'goes' : 'go'} to
            </span>
            <Select
              className="w-52"
              value={goesTo[id] ?? ''}
              onChange={(event) => onGoesTo(id, event.target.value as StageId)}
            >
              <option value="">Choose a stage</option>
              {draft.stages.map((stage) => (
                <option key={stage.id} value={stage.id}>
                  {stage.name} ({stage.visibleToCustomer ? 'visible' : 'internal'})
                </option>
              ))}
            </Select>
          </label>
        </li>
      ))}
    </ul>
  );
}
