import type { NextQuery } from '../../sync-server/protocol/mutator.ts';
import type { AnyRecord, KindedRecord } from '../../sync-server/protocol/records.ts';

/** What a store answers to a mutator that goes through records by their ids. */
export function nextOf(records: readonly KindedRecord[], query: NextQuery): AnyRecord | undefined {
  return records
    .filter((each) => isAskedFor(query, each))
    .map(({ record }): AnyRecord => record)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .find(({ id }) => id > query.afterId);
}

function isAskedFor(query: NextQuery, { kind, record }: KindedRecord): boolean {
  switch (query.kind) {
    case 'next_link':
      return kind === 'portal_link' && record.customerId === query.customerId;
    case 'next_job':
      return (
        kind === 'job' &&
        record.pipelineId === query.pipelineId &&
        (query.stageIds === null || query.stageIds.includes(record.stageId))
      );
    case 'next_pipeline':
      return kind === 'pipeline';
  }
}
