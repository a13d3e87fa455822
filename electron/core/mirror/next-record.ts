import type { NextQuery } from '../../../sync-server/protocol/mutator.ts';
import type { AnyRecord } from '../../../sync-server/protocol/records.ts';
import type { NamedBindings, ReadableMirror } from './database.ts';

/** The next record by id of those a mutator goes through, as it stands here. */
export function nextRecord(mirror: ReadableMirror, query: NextQuery): AnyRecord | undefined {
  const { from, where, bindings } = selectionOf(query);
  const row = mirror.get<{ data: string }>(
    `SELECT data FROM ${from} WHERE ${where} AND id > @afterId ORDER BY id LIMIT 1`,
    { ...bindings, afterId: query.afterId },
  );
  return row === undefined ? undefined : (JSON.parse(row.data) as AnyRecord);
}

function selectionOf(query: NextQuery): { from: string; where: string; bindings: NamedBindings } {
  switch (query.kind) {
    case 'next_link':
      return {
        from: 'portal_link',
        where: 'customer_id = @customerId',
        bindings: { customerId: query.customerId },
      };
    case 'next_job': {
      const { pipelineId, stageIds } = query;
      const where = 'pipeline_id = @pipelineId';
      if (stageIds === null) return { from: 'job', where, bindings: { pipelineId } };
      const inStages = `${where} AND stage_id IN (SELECT value FROM json_each(@stageIds))`;
      const bindings = { pipelineId, stageIds: JSON.stringify(stageIds) };
      return { from: 'job', where: inStages, bindings };
    }
    case 'next_pipeline':
      return { from: 'pipeline', where: 'true', bindings: {} };
  }
}
