import type { MutationArgs } from '../mutations.ts';
import { type Mutator, read } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import { isVisibleTo } from '../visibility.ts';
import { entryHead, isNew, touched } from './entry-parts.ts';

/** A customer's message from the portal, where the pipeline allows replies. (E3) */
export const customerReply: Mutator<MutationArgs<'customer_reply'>> = function* (args, context) {
  // A job that may not be seen and one that is not there get the same answer. [V2]
  const missing = refused(
    'job-missing',
    'This job is not available any more, so your message was not sent.',
  );
  const { actor } = context;
  if (actor.kind !== 'customer')
    return refused('not-allowed', 'Only a customer can write from the portal.');
  const job = yield* read('job', args.jobId);
  if (job === undefined) return missing;
  const pipeline = yield* read('pipeline', job.pipelineId);
  if (pipeline === undefined) return missing;
  if (!isVisibleTo(actor, { kind: 'job', at: { job, pipeline } })) return missing;
  if (!pipeline.customerCanReply)
    return refused(
      'not-allowed',
      'Messages are switched off for this job. Please call the office instead.',
    );
  if (args.text.trim() === '')
    return refused('nothing-to-post', 'Your message is empty. Write a text first.');
  if (!(yield* isNew('entry', args.entryId)))
    return refused('already-exists', 'This message is already there.');
  return applied(
    {
      kind: 'entry',
      record: {
        ...entryHead(args, 'visible', context),
        kind: 'reply',
        text: args.text,
        attachmentIds: [],
      },
    },
    { kind: 'job', record: touched(job, context) },
  );
};
