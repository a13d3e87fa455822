// Which jobs the list shows, as it stands in the address: "#/pipelines/ID?stage=…&q=hail". (A2)

import type { JobListArgs } from '../../electron/core/api/jobs-contract.ts';

export type ListPlace = Omit<JobListArgs, 'offset' | 'limit'>;
type Scope = ListPlace['scope'];

export const placeOf = (scope: Scope): ListPlace => ({
  scope,
  stageId: null,
  assigneeId: null,
  unreadOnly: false,
  search: '',
});

/** Undefined where the path is not a list's. */
export function listPlaceFrom(path: string, search: string): ListPlace | undefined {
  const scope = scopeFrom(path);
  if (scope === undefined) return undefined;
  const params = new URLSearchParams(search);
  return {
    scope,
    stageId: params.get('stage'),
    assigneeId: params.get('assignee'),
    unreadOnly: params.get('unread') === '1',
    search: params.get('q') ?? '',
  };
}

export function listAddress(place: ListPlace): string {
  const params = new URLSearchParams();
  if (place.stageId !== null) params.set('stage', place.stageId);
  if (place.assigneeId !== null) params.set('assignee', place.assigneeId);
  if (place.unreadOnly) params.set('unread', '1');
  if (place.search !== '') params.set('q', place.search);
  const search = params.toString();
  return scopePath(place.scope) + (search === '' ? '' : `?${search}`);
}

export function scopePath(scope: Scope): string {
  return scope.kind === 'pipeline' ? `/pipelines/${scope.pipelineId}` : `/${scope.kind}`;
}

function scopeFrom(path: string): Scope | undefined {
  if (path === '/mine' || path === '/unread' || path === '/all')
    return { kind: path.slice(1) as 'mine' | 'unread' | 'all' };
  const pipelineId = /^\/pipelines\/([^/]+)$/.exec(path)?.[1];
  return pipelineId === undefined ? undefined : { kind: 'pipeline', pipelineId };
}
