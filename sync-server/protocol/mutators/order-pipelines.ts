import type { MutationArgs } from '../mutations.ts';
import { type Mutator, read } from '../mutator.ts';
import { applied } from '../outcome.ts';
import type { KindedRecord } from '../records.ts';
import { unlessAdmin } from './pipeline-parts.ts';

/** Puts pipelines in an order. Of two who order them the later one is right: nothing is lost by it. (A5) */
export const orderPipelines: Mutator<MutationArgs<'order_pipelines'>> = function* (
  { pipelineIds },
  context,
) {
  const no = unlessAdmin(context, 'order pipelines');
  if (no !== undefined) return no;
  const puts: KindedRecord[] = [];
  for (const [position, id] of pipelineIds.entries()) {
    const record = yield* read('pipeline', id);
    if (record !== undefined && record.position !== position)
      puts.push({ kind: 'pipeline', record: { ...record, position } });
  }
  return applied(...puts);
};
