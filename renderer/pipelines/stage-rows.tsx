import { Eye, Lock, Plus } from 'lucide-react';
import { Section } from '../customers/section.tsx';
import type { Pipeline, Stage } from '../records.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { INPUT_LOOK } from '../ui/field.tsx';
import { countOf } from '../ui/size-words.ts';
import { HueMenu } from './hue-menu.tsx';
import { moved, newStage } from './pipeline-draft.ts';
import { onMoveKey, RowTools } from './row-tools.tsx';

/** The stages in the order jobs go, each open to the customer or not. (A5) */
export function StageRows({
  stages,
  jobsByStage,
  onChange,
}: {
  stages: Pipeline['stages'];
  jobsByStage: Readonly<Record<string, number>>;
  onChange: (stages: Pipeline['stages']) => void;
}) {
  const set = (index: number, change: Partial<Stage>) =>
    onChange(stages.map((stage, place) => (place === index ? { ...stage, ...change } : stage)));
  return (
    <Section title="Stages">
      <ol className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
        {stages.map((stage, index) => {
          const move = (by: 1 | -1) => onChange(moved(stages, index, by));
          const name = stage.name === '' ? `number ${index + 1}` : stage.name;
          return (
            <li key={stage.id} className="flex items-center gap-2">
              <HueMenu
                label={`Colour of stage ${name}`}
                hue={stage.hue}
                onChange={(hue) => set(index, { hue })}
              />
              <input
                aria-label={`Name of stage ${index + 1}`}
                dir="auto"
                maxLength={200}
                placeholder="Name of the stage"
                className={`${INPUT_LOOK} min-w-0 flex-1`}
                value={stage.name}
                onKeyDown={onMoveKey(move)}
                onChange={(event) => set(index, { name: event.target.value })}
              />
              <span className="w-14 shrink-0 text-right text-sm text-ink-3 tabular-nums max-[1320px]:hidden">
                {(jobsByStage[stage.id] ?? 0) > 0 && countOf(jobsByStage[stage.id] ?? 0, 'job')}
              </span>
              <SightSwitch
                name={name}
                isVisible={stage.visibleToCustomer}
                onChange={(visibleToCustomer) => set(index, { visibleToCustomer })}
              />
              <RowTools
                what={`stage ${name}`}
                index={index}
                count={stages.length}
                onMove={move}
                onRemove={
                  stages.length === 1
                    ? null
                    : () => onChange(stages.filter(({ id }) => id !== stage.id))
                }
              />
            </li>
          );
        })}
      </ol>
      <Button
        small
        look="quiet"
        className="mt-2 -ml-2.5"
        disabled={stages.length >= 50}
        onClick={() => onChange([...stages, newStage('slate')])}
      >
        <Plus aria-hidden size={14} /> Add a stage
      </Button>
    </Section>
  );
}

/** Icon, word and colour, as everywhere: who sees a job that stands here. (B2) */
function SightSwitch({
  name,
  isVisible,
  onChange,
}: {
  name: string;
  isVisible: boolean;
  onChange: (isVisible: boolean) => void;
}) {
  const Icon = isVisible ? Eye : Lock;
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isVisible}
      aria-label={`Stage ${name} is visible to the customer`}
      onClick={() => onChange(!isVisible)}
      className={classNames(
        'inline-flex h-7 w-[88px] shrink-0 items-center justify-center gap-1.5 rounded-full border text-sm font-semibold transition-colors duration-(--fast)',
        isVisible
          ? 'border-visible-line bg-visible text-visible-ink'
          : 'border-internal-line bg-internal text-internal-ink',
      )}
    >
      <Icon aria-hidden size={13} strokeWidth={2.2} />
      {isVisible ? 'Visible' : 'Internal'}
    </button>
  );
}
