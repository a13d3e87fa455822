import { ChevronDown } from 'lucide-react';
import { pipelineIn, memberIn, stageIn, useOffice } from '../shell/office.tsx';
import { FilterPill } from '../ui/filter-pill.tsx';
import { HueDot } from '../ui/hue-dot.tsx';
import { Menu, MenuChoice, MenuChoices, MenuHeading } from '../ui/menu.tsx';
import type { ListPlace } from './list-place.ts';

const ANY = 'any';
const NOBODY = 'nobody';

/** Stage, assignee and unread. A stage belongs to a pipeline, so all of them are offered only where no pipeline is chosen. */
export function JobListFilters({
  place,
  onPlace,
}: {
  place: ListPlace;
  onPlace: (place: ListPlace) => void;
}) {
  return (
    <div role="group" aria-label="Filter the list" className="mt-2 flex items-center gap-1.5">
      <StageFilter place={place} onPlace={onPlace} />
      {place.scope.kind !== 'mine' && <AssigneeFilter place={place} onPlace={onPlace} />}
      {place.scope.kind !== 'unread' && (
        <FilterPill
          isOn={place.unreadOnly}
          onClick={() => onPlace({ ...place, unreadOnly: !place.unreadOnly })}
        >
          Unread
        </FilterPill>
      )}
    </div>
  );
}

function StageFilter({
  place,
  onPlace,
}: {
  place: ListPlace;
  onPlace: (place: ListPlace) => void;
}) {
  const office = useOffice();
  const own = place.scope.kind === 'pipeline' ? place.scope.pipelineId : null;
  const pipelines = office.pipelines.filter(({ id }) => own === null || id === own);
  const chosen = pipelines
    .map((pipeline) => stageIn(pipelineIn(office, pipeline.id), place.stageId))
    .find((stage) => stage !== undefined);
  const trigger = (
    <PillButton isOn={place.stageId !== null}>{chosen?.name ?? 'Any stage'}</PillButton>
  );
  return (
    <Menu trigger={trigger} label="Stage">
      <MenuChoices
        value={place.stageId ?? ANY}
        onChange={(value) => onPlace({ ...place, stageId: value === ANY ? null : value })}
      >
        <MenuChoice value={ANY}>Any stage</MenuChoice>
        {pipelines.map((pipeline) => (
          <div key={pipeline.id}>
            <MenuHeading>{pipeline.name}</MenuHeading>
            {pipeline.stages.map((stage) => (
              <MenuChoice key={stage.id} value={stage.id}>
                <HueDot hue={stage.hue} /> {stage.name}
              </MenuChoice>
            ))}
          </div>
        ))}
      </MenuChoices>
    </Menu>
  );
}

function AssigneeFilter({
  place,
  onPlace,
}: {
  place: ListPlace;
  onPlace: (place: ListPlace) => void;
}) {
  const office = useOffice();
  const chosen = memberIn(office, place.assigneeId);
  const trigger = (
    <PillButton isOn={place.assigneeId !== null}>
      {place.assigneeId === NOBODY ? 'Nobody' : (chosen?.name.split(' ')[0] ?? 'Anyone')}
    </PillButton>
  );
  return (
    <Menu trigger={trigger} label="Assignee">
      <MenuChoices
        value={place.assigneeId ?? ANY}
        onChange={(value) => onPlace({ ...place, assigneeId: value === ANY ? null : value })}
      >
        <MenuChoice value={ANY}>Anyone</MenuChoice>
        <MenuChoice value={NOBODY}>Nobody</MenuChoice>
        {office.members.map((member) => (
          <MenuChoice key={member.id} value={member.id}>
            {member.id === office.me.id ? `${member.name} (you)` : member.name}
          </MenuChoice>
        ))}
      </MenuChoices>
    </Menu>
  );
}

/** The trigger of a menu is rendered by Radix, which hands its own properties on. */
function PillButton({ isOn, children, ...rest }: { isOn: boolean; children: string }) {
  return (
    <FilterPill {...rest} isOn={isOn} isMenu>
      <span className="max-w-24 truncate">{children}</span>
      <ChevronDown aria-hidden size={12} />
    </FilterPill>
  );
}
