import type { CannedFile } from '../../../sync-server/protocol/canned-replies.ts';
import type { MutationArgs } from '../../../sync-server/protocol/mutations.ts';
import type { OutboxMutation } from '../outbox/outbox.ts';

export type CannedArgs = MutationArgs<'create_canned_reply'> | MutationArgs<'update_canned_reply'>;

/** What waits about a canned reply, with other files; undefined where it is about something else. (C6, D7) */
export function withCannedFiles(
  { name, args }: Pick<OutboxMutation, 'name' | 'args'>,
  change: (files: readonly CannedFile[]) => CannedFile[],
): CannedArgs | undefined {
  if (name === 'create_canned_reply') {
    const created = args as MutationArgs<'create_canned_reply'>;
    return { ...created, files: change(created.files) };
  }
  if (name !== 'update_canned_reply') return undefined;
  const updated = args as MutationArgs<'update_canned_reply'>;
  const changes = updated.changes.map((one) =>
    one.field === 'files' ? { ...one, to: change(one.to) } : one,
  );
  return { ...updated, changes };
}
