import type { MutationArgs, MutationName } from '../../sync-server/protocol/mutations.ts';
import type { Model } from './model.ts';
import type { ModelReply } from './model-scheduled.ts';

/** Why a wish about a scheduled reply met something newer; undefined where it did not. */
export function scheduledObjection(
  model: Model,
  name: MutationName,
  args: unknown,
): string | undefined {
  if (name !== 'change_scheduled_reply' && name !== 'end_scheduled_reply') return undefined;
  const { entryId, revision } = args as MutationArgs<'end_scheduled_reply'>;
  const reply = model.scheduled.find(entryId);
  if (reply === undefined) return undefined;
  if (isOver(reply)) return 'it was sent or cancelled';
  return reply.revision === revision ? undefined : 'somebody had changed it';
}

export const isOver = ({ state }: ModelReply) => state !== 'waiting' && state !== 'held';
