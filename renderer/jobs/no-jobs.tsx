import { CircleCheck, FolderOpen, SearchX } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useQuery } from '../use-query.ts';
import { type ListPlace, placeOf } from './list-place.ts';

/** Why the list is empty, and the first step out. */
export function NoJobs({
  place,
  onPlace,
  onNewJob,
}: {
  place: ListPlace;
  onPlace: (place: ListPlace) => void;
  onNewJob: () => void;
}) {
  const { value: sync } = useQuery('sync', {});
  const isFiltered =
    place.search !== '' || place.stageId !== null || place.assigneeId !== null || place.unreadOnly;
  if (isFiltered)
    return (
      <EmptyState
        icon={SearchX}
        title="No job fits"
        action={<Button onClick={() => onPlace(placeOf(place.scope))}>Clear the filters</Button>}
      >
        Search looks at the beginnings of words in title, reference and customer.
      </EmptyState>
    );
  if (sync?.kind === 'first-sync')
    return (
      <EmptyState icon={FolderOpen} title="Your jobs are on their way">
        They appear here as they arrive, newest first.
      </EmptyState>
    );
  if (place.scope.kind === 'unread')
    return (
      <EmptyState icon={CircleCheck} title="All read">
        Jobs stand here when somebody else did something on them.
      </EmptyState>
    );
  return (
    <EmptyState
      icon={FolderOpen}
      title={place.scope.kind === 'mine' ? 'No job is assigned to you' : 'No jobs yet'}
      action={
        <Button look="primary" onClick={onNewJob}>
          New job
        </Button>
      }
    >
      A job holds everything about one piece of work for one customer.
    </EmptyState>
  );
}
