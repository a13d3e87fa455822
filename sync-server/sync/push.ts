import { actorOf, type StaffSession } from '../auth/staff.ts';
import type { PushAnswer, PushRequest } from '../protocol/sync.ts';
import { applyMutations } from '../storage/apply-mutations.ts';
import type { Storage } from '../storage/storage.ts';

/**
 * Applies what a device did and answers each mutation by itself, in the order they came. [P1, P3] A push that was on its way
 * while the database was restored does nothing: what this server no longer knows it answered, a person may have decided
 * otherwise about since. [L6]
 */
export async function push(
  deps: { readonly storage: Pick<Storage, 'epoch' | 'transact'>; now(): number },
  session: StaffSession,
  { epoch, mutations }: PushRequest,
): Promise<PushAnswer> {
  if (epoch !== undefined && epoch !== (await deps.storage.epoch()))
    return { kind: 'reset', reason: 'The push is for another database.' };
  const { answers } = await applyMutations(deps.storage, {
    workspaceId: session.workspaceId,
    actor: actorOf(session),
    arrivedAt: new Date(deps.now()).toISOString(),
    mutations,
  });
  return {
    kind: 'results',
    results: mutations.map(({ id }) => {
      const outcome = answers.get(id);
      if (outcome === undefined) throw new Error('A mutation was left without an answer.');
      return { id, outcome };
    }),
  };
}
