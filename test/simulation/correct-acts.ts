// People correct what is wrong about a job: its title, whom it is for, where it stands. (A1)

import type { JobFacts } from '../../electron/core/api/jobs-contract.ts';
import type { Hand } from './file-acts.ts';

/** One thing most of the time, now and then two at once, from what their page shows, which may be long ago. */
export function correctJob(hand: Hand, words: string): void {
  const { world, desk } = hand;
  const { run } = world;
  const page = hand.page();
  if (page === undefined) return;
  const { id: jobId, title, customerId, pipelineId, stageId } = page.job;
  const customers = desk.window.ask('customers', { search: '' }) ?? [];
  const pipelines = desk.window.ask('overview', {})?.pipelines ?? [];
  const changes: Partial<JobFacts>[] = [];
  for (let left = run.chance.happens(0.2) ? 2 : 1; left > 0; left -= 1)
    switch (run.chance.weighted({ title: 2, customer: 3, place: 2 })) {
      case 'title':
        changes.push({ title: `Job-${words}` });
        break;
      case 'customer': {
        const customer = run.chance.pickAny(customers);
        if (customer !== undefined) changes.push({ customerId: customer.id });
        break;
      }
      case 'place': {
        const pipeline = run.chance.pickAny(pipelines);
        if (pipeline === undefined) break;
        const stage = run.chance.pick(pipeline.stages);
        changes.push({ pipelineId: pipeline.id, stageId: stage.id });
        break;
      }
    }
  const from: JobFacts = { title, customerId, pipelineId, stageId };
  const to: JobFacts = Object.assign({}, from, ...changes);
  hand.ask('jobs.correct', { jobId, from, to }, (isDone) => {
    if (!isDone) return;
    if (to.title !== from.title) run.count('jobs renamed');
    if (to.pipelineId !== from.pipelineId) run.count('jobs moved to another pipeline');
    if (to.customerId !== from.customerId) run.count('jobs given to another customer');
  });
}
