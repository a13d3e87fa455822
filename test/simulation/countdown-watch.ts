// A customer reply must not leave a desk before its author had the time to take it back, or said that they need none. [P8]

import type { PostEntry } from '../../electron/core/api/posting-contract.ts';
import type { ReadableMirror } from '../../electron/core/mirror/database.ts';
import { type Run, short } from './run.ts';
import type { SimulatedDesk } from './simulated-desk.ts';

interface ReplyRow {
  readonly id: string;
  readonly args: string;
}

export class CountdownWatch {
  readonly #run: Run;
  /** When its author last said Send, by the id of what was posted. */
  readonly #postedMs = new Map<string, number>();
  readonly #startedMs = new Map<string, number>();
  /** Of a desk and a mutation: when a line that was cut turned it away, which ends every countdown. */
  readonly #turnedAwayMs = new Map<string, number>();
  readonly #wanted = new Set<string>();
  /** What may be with the server is asked for at once. [P1] */
  readonly #mayHaveArrived = new Set<string>();

  constructor(run: Run) {
    this.#run = run;
  }

  /** Who presses Send again, because the answer was lost, may have it in line already: nothing begins anew by that. [P1] */
  posted({ mirror }: SimulatedDesk, entryId: string): void {
    const isInLine = mirror?.get(
      `SELECT id FROM outbox WHERE name = 'post_entry' AND args ->> '$.entryId' = @entryId`,
      { entryId },
    );
    if (isInLine === undefined) this.#postedMs.set(entryId, this.#run.nowMs);
  }

  starts({ name }: SimulatedDesk): void {
    this.#startedMs.set(name, this.#run.nowMs);
  }

  /** From when a person says so: a desk that dies over it leaves open whether they did. */
  wantsNow({ name }: SimulatedDesk, mutationIds: readonly string[]): void {
    for (const id of mutationIds) this.#wanted.add(`${name} ${id}`);
  }

  leaves(desk: SimulatedDesk, mutationIds: readonly string[]): void {
    for (const id of mutationIds) {
      const post = replyOf(desk, id);
      if (post === undefined || this.#mayHaveArrived.has(id)) continue;
      this.#check(desk, id, post);
      if (desk.isOffline) this.#turnedAwayMs.set(`${desk.name} ${id}`, this.#run.nowMs);
      else this.#mayHaveArrived.add(id);
    }
  }

  /** What it had noted as leaving may be with the server for all it knows, and is asked for at once by its next start. [P1] */
  died(desk: SimulatedDesk, disk: ReadableMirror): void {
    for (const { id, args } of disk.all<ReplyRow>(
      `SELECT id, args FROM outbox WHERE name = 'post_entry' AND may_have_arrived = 1`,
    )) {
      const post = replyIn(args);
      if (post === undefined || this.#mayHaveArrived.has(id)) continue;
      this.#check(desk, id, post);
      this.#mayHaveArrived.add(id);
    }
  }

  #check({ name }: SimulatedDesk, id: string, { entryId }: PostEntry): void {
    const { nowMs, undoSeconds } = this.#run;
    if (undoSeconds === 0 || this.#wanted.has(`${name} ${id}`)) return;
    const beganMs = Math.max(
      this.#postedMs.get(entryId) ?? 0,
      this.#startedMs.get(name) ?? 0,
      this.#turnedAwayMs.get(`${name} ${id}`) ?? 0,
    );
    this.#run.count('replies that counted down');
    if (nowMs - beganMs < undoSeconds * 1000)
      this.#run.violate(
        'a reply can be undone before it leaves',
        `${name} sends ${short(id)} after ${nowMs - beganMs} ms`,
      );
  }
}

function replyOf({ mirror }: SimulatedDesk, id: string): PostEntry | undefined {
  const row = mirror?.get<{ args: string }>(
    `SELECT args FROM outbox WHERE id = @id AND name = 'post_entry'`,
    { id },
  );
  return row === undefined ? undefined : replyIn(row.args);
}

function replyIn(args: string): PostEntry | undefined {
  const { attachments, ...post } = JSON.parse(args) as PostEntry & {
    attachments: PostEntry['files'];
  };
  const isForCustomer =
    post.audience === 'visible' || attachments.some(({ audience }) => audience === 'visible');
  return isForCustomer ? post : undefined;
}
