import { actorOf, type StaffSession } from '../auth/staff.ts';
import type { PushAnswer, PushRequest } from '../protocol/sync.ts';
import { applyMutations } from '../storage/apply-mutations.ts';
import type { Storage } from '../storage/storage.ts';

/** Applies what a device did and answers each mutation by itself, in the order they came. [P1, P3] */
export async function push(
  deps: { readonly storage: Pick<Storage, 'transact'>; now(): number },
  session: StaffSession,
  { mutations }: PushRequest,
): Promise<PushAnswer> {
  const { answers } = await applyMutations(deps.storage, {
    workspaceId: session.workspaceId,
    actor: actorOf(session),
    arrivedAt: new Date(deps.now()).toISOString(),
    mutations,
  });
  return {
    results: mutations.map(({ id }) => {
      const outcome = answers.get(id);
      if (outcome === undefined) throw new Error('A mutation was left without an answer.');
      return { id, outcome };
    }),
  };
}
