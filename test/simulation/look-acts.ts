import type { Hand } from './file-acts.ts';

/** A person looks at what waits for it, and sends it. */
export function sendAfterLook({ world, desk, ask }: Pick<Hand, 'world' | 'desk' | 'ask'>): void {
  const mutationIds = (desk.window.ask('outbox', {}) ?? [])
    .filter(({ state }) => state.kind === 'waits-for-look')
    .map(({ mutationId }) => mutationId);
  if (mutationIds.length === 0) return;
  world.lookWatch.seen(desk, mutationIds);
  ask('outbox.send-to-customers', { mutationIds }, (isDone) => {
    if (isDone) world.run.count('sent after a look');
  });
}
