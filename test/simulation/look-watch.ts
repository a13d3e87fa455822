// What customers would see, and was written before a desk came back from a long spell away, must not leave it unseen. [P7]

import type { PostEntry } from '../../electron/core/api/posting-contract.ts';
import type { OutboxRow } from './ledger.ts';
import { type Run, short } from './run.ts';
import type { SimulatedDesk } from './simulated-desk.ts';

export class LookWatch {
  readonly #run: Run;
  /** Of each desk, what nobody has looked at since it was away. */
  readonly #unseen = new Map<string, Set<string>>();

  constructor(run: Run) {
    this.#run = run;
  }

  /** A desk is about to come back, and this is what waits on it. */
  comesBack({ name }: SimulatedDesk, outbox: readonly OutboxRow[]): void {
    const unseen = this.#unseen.get(name) ?? new Set();
    for (const row of outbox)
      if (row.state === 'pending' && !row.mayHaveArrived && isReply(row)) unseen.add(row.id);
    this.#unseen.set(name, unseen);
  }

  /** From when a person says so: a desk that dies over it leaves open whether they did. */
  seen({ name }: SimulatedDesk, mutationIds: readonly string[]): void {
    for (const id of mutationIds) this.#unseen.get(name)?.delete(id);
  }

  /** Of what was done on a job that is gone no customer sees anything. */
  leaves({ name, mirror }: SimulatedDesk, mutationIds: readonly string[]): void {
    const unseen = mutationIds.filter((id) => this.#unseen.get(name)?.has(id));
    for (const id of unseen) {
      const job = mirror?.get(
        'SELECT job.id FROM job JOIN outbox ON outbox.job_id = job.id WHERE outbox.id = @id',
        { id },
      );
      if (job !== undefined)
        this.#run.violate('customers get nothing unseen', `${name} sends ${short(id)}`);
    }
  }
}

function isReply({ name, args }: OutboxRow): boolean {
  return name === 'post_entry' && (JSON.parse(args) as PostEntry).audience === 'visible';
}
