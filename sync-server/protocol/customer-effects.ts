// What a change of a pipeline means for the customers of its jobs, before it is saved. (A5)

import type { FormField, Job, Pipeline } from './records.ts';
import { isStageVisible, stageOf } from './visibility.ts';

/** Jobs by the stage they stand in afterwards (`appear`) or stood in before (`vanish`). */
export interface StageCount {
  readonly stageName: string;
  readonly jobs: number;
}

export interface CustomerEffects {
  /** Jobs that come into the portal, with all that is marked visible on them. */
  readonly appear: readonly StageCount[];
  readonly vanish: readonly StageCount[];
  readonly canReply: 'opens' | 'closes' | null;
  readonly canUpload: 'opens' | 'closes' | null;
  /** Labels of fields that customers can now read and fill in, or no longer. */
  readonly fieldsOpen: readonly string[];
  readonly fieldsClose: readonly string[];
  /** Somebody will see or may do more than before: that is asked before it is saved. */
  readonly isWider: boolean;
}

export function customerEffects(
  before: Pipeline,
  after: Pipeline,
  jobs: readonly { readonly stageId: Job['stageId']; readonly toStageId: Job['stageId'] }[],
): CustomerEffects {
  const appear = jobs.filter(
    ({ stageId, toStageId }) =>
      !isStageVisible(before, stageId) && isStageVisible(after, toStageId),
  );
  const vanish = jobs.filter(
    ({ stageId, toStageId }) =>
      isStageVisible(before, stageId) && !isStageVisible(after, toStageId),
  );
  const canReply = switched(before.customerCanReply, after.customerCanReply);
  const canUpload = switched(before.customerCanUpload, after.customerCanUpload);
  const fieldsOpen = opened(before.fields, after.fields);
  const opensStage = after.stages.some(
    ({ id, visibleToCustomer }) =>
      visibleToCustomer && stageOf(before, id)?.visibleToCustomer === false,
  );
  return {
    appear: countBy(
      after,
      appear.map(({ toStageId }) => toStageId),
    ),
    vanish: countBy(
      before,
      vanish.map(({ stageId }) => stageId),
    ),
    canReply,
    canUpload,
    fieldsOpen,
    fieldsClose: opened(after.fields, before.fields),
    isWider:
      appear.length > 0 ||
      opensStage ||
      canReply === 'opens' ||
      canUpload === 'opens' ||
      fieldsOpen.length > 0,
  };
}

function switched(before: boolean, after: boolean): 'opens' | 'closes' | null {
  if (before === after) return null;
  return after ? 'opens' : 'closes';
}

function opened(before: readonly FormField[], after: readonly FormField[]): string[] {
  const open = new Set(before.flatMap(({ id, customerCanEdit }) => (customerCanEdit ? [id] : [])));
  return after.flatMap(({ id, label, customerCanEdit }) =>
    customerCanEdit && !open.has(id) ? [label] : [],
  );
}

function countBy(pipeline: Pipeline, stageIds: readonly Job['stageId'][]): StageCount[] {
  return pipeline.stages.flatMap(({ id, name }) => {
    const jobs = stageIds.filter((stageId) => stageId === id).length;
    return jobs === 0 ? [] : [{ stageName: name, jobs }];
  });
}
