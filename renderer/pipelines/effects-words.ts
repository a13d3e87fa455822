import type { PipelineEffects } from '../../electron/core/api/care-contract.ts';
import { countOf } from '../ui/size-words.ts';

type Effects = PipelineEffects['effects'];

/** What a change of a pipeline means for customers, one sentence each; first what they will see or may do more. */
export function widerWords(effects: Effects): string[] {
  return [
    ...effects.appear.map(
      ({ jobs, stageName }) =>
        `${countOf(jobs, 'job')} in “${stageName}” will appear in the portal, with everything marked visible on ${jobs === 1 ? 'it' : 'them'}.`,
    ),
    ...(effects.isWider && effects.appear.length === 0 && isStageAlone(effects)
      ? ['Jobs that come into a stage you opened will be in the portal.']
      : []),
    ...(effects.canReply === 'opens' ? ['Customers will be able to reply.'] : []),
    ...(effects.canUpload === 'opens' ? ['Customers will be able to send files.'] : []),
    ...(effects.fieldsOpen.length > 0
      ? [`Customers will read and can fill in ${listWords(effects.fieldsOpen)}.`]
      : []),
  ];
}

export function narrowerWords(effects: Effects): string[] {
  return [
    ...effects.vanish.map(
      ({ jobs, stageName }) =>
        `${countOf(jobs, 'job')} in “${stageName}” will vanish from the portal.`,
    ),
    ...(effects.canReply === 'closes' ? ['Customers will no longer be able to reply.'] : []),
    ...(effects.canUpload === 'closes' ? ['Customers will no longer be able to send files.'] : []),
    ...(effects.fieldsClose.length > 0
      ? [`Customers will no longer see ${listWords(effects.fieldsClose)} to fill in.`]
      : []),
  ];
}

/** Nothing but a stage was opened, and no job stands in it. */
function isStageAlone({ canReply, canUpload, fieldsOpen }: Effects): boolean {
  return canReply !== 'opens' && canUpload !== 'opens' && fieldsOpen.length === 0;
}

function listWords(labels: readonly string[]): string {
  return labels.map((label) => `“${label}”`).join(', ');
}
