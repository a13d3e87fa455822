import type { MutationArgs } from '../mutations.ts';
import type { Mutator } from '../mutator.ts';
import { applied, refused } from '../outcome.ts';
import { entryHead, isNew, touched } from './entry-parts.ts';
import { visibleJob } from './visible-job.ts';

/** A customer's message from the portal, where the pipeline allows replies. (E3) */
export const customerReply: Mutator<MutationArgs<'customer_reply'>> = function* (args, context) {
  const at = yield* visibleJob(context.actor, args.jobId);
  if (at === undefined)
    return refused(
      'job-missing',
      'This job is not available any more, so your message was not sent.',
    );
  const { job, pipeline } = at;
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
