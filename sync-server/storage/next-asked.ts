// Which records a mutator goes through that asks for one after the other.

import type { NextQuery } from '../protocol/mutator.ts';
import type { AnyRecord, Job, PortalLink, RecordKind } from '../protocol/records.ts';

export const KIND_OF_NEXT = {
  next_link: 'portal_link',
  next_job: 'job',
  next_pipeline: 'pipeline',
} as const satisfies Record<NextQuery['kind'], RecordKind>;

export function isAskedFor(query: NextQuery, record: AnyRecord): boolean {
  switch (query.kind) {
    case 'next_link':
      return (record as PortalLink).customerId === query.customerId;
    case 'next_job': {
      const { pipelineId, stageId } = record as Job;
      return (
        pipelineId === query.pipelineId &&
        (query.stageIds === null || query.stageIds.includes(stageId))
      );
    }
    case 'next_pipeline':
      return true;
  }
}
