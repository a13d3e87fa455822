import { Eye, Lock } from 'lucide-react';
import type { Pipeline } from '../records.ts';
import { classNames } from '../ui/class-names.ts';
import { INPUT_LOOK } from '../ui/field.tsx';
import { countOf } from '../ui/size-words.ts';
import { HueMenu } from './hue-menu.tsx';
import { OrderedRows } from './ordered-rows.tsx';
import { newStage } from './pipeline-draft.ts';

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
  return (
    <OrderedRows
      title="Stages"
      what="stage"
      rows={stages}
      nameOf={({ name }) => name}
      fewest={1}
      most={50}
      make={() => newStage('slate')}
      onChange={onChange}
    >
      {({ row: stage, index, spokenName, tools, onKeyDown, change }) => (
        <div className="flex items-center gap-2">
          <HueMenu
            label={`Colour of stage ${spokenName}`}
            hue={stage.hue}
            onChange={(hue) => change({ hue })}
          />
          <input
            aria-label={`Name of stage ${index + 1}`}
            dir="auto"
            maxLength={200}
            placeholder="Name of the stage"
            className={`${INPUT_LOOK} min-w-0 flex-1`}
            value={stage.name}
            onKeyDown={onKeyDown}
            onChange={(event) => change({ name: event.target.value })}
          />
          <span className="w-14 shrink-0 text-right text-sm text-ink-3 tabular-nums max-[1320px]:hidden">
            {(jobsByStage[stage.id] ?? 0) > 0 && countOf(jobsByStage[stage.id] ?? 0, 'job')}
          </span>
          <SightSwitch
            name={spokenName}
            isVisible={stage.visibleToCustomer}
            onChange={(visibleToCustomer) => change({ visibleToCustomer })}
          />
          {tools}
        </div>
      )}
    </OrderedRows>
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
