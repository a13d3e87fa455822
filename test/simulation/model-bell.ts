// The oracle's part about bells: what each member wants to hear of, and which mails came back. (F3)

import type { Follow, MemberSettings } from '../../sync-server/protocol/records.ts';

interface RefusedMail {
  readonly jobId: string;
  readonly version: number;
}

export class ModelBell {
  readonly #follows = new Map<string, Follow['state']>();
  readonly #scopes = new Map<string, MemberSettings['bellScope']>();
  readonly #refused = new Map<string, RefusedMail>();
  /** Where each member’s record was made: what was there before is no news to them. */
  readonly #joined = new Map<string, number>();

  copy(): ModelBell {
    const copy = new ModelBell();
    for (const [key, state] of this.#follows) copy.#follows.set(key, state);
    for (const [id, scope] of this.#scopes) copy.#scopes.set(id, scope);
    for (const [id, mail] of this.#refused) copy.#refused.set(id, mail);
    for (const [id, version] of this.#joined) copy.#joined.set(id, version);
    return copy;
  }

  join(memberId: string, version: number): void {
    this.#joined.set(memberId, version);
  }

  joinedAt(memberId: string): number {
    return this.#joined.get(memberId) ?? 0;
  }

  follow(memberId: string, jobId: string, state: Follow['state']): void {
    this.#follows.set(`${memberId}:${jobId}`, state);
  }

  setScope(memberId: string, scope: MemberSettings['bellScope']): void {
    this.#scopes.set(memberId, scope);
  }

  /** Undefined where no address has refused it. */
  mail(id: string, refused: RefusedMail | undefined): void {
    if (refused === undefined) this.#refused.delete(id);
    else this.#refused.set(id, refused);
  }

  refusedOn(jobId: string): readonly RefusedMail[] {
    return [...this.#refused.values()].filter((mail) => mail.jobId === jobId);
  }

  rings(memberId: string, job: { readonly id: string; readonly assigneeId: string | null }) {
    const state = this.#follows.get(`${memberId}:${job.id}`) ?? 'neither';
    if (state === 'muted') return false;
    const isTheirs = state === 'following' || job.assigneeId === memberId;
    return isTheirs || (this.#scopes.get(memberId) ?? 'all') === 'all';
  }
}
