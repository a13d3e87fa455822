// What waits to be sent about canned replies, in words. (H4)

import type { MutationArgs } from '../../../sync-server/protocol/mutations.ts';
import type { ReadableMirror } from '../mirror/database.ts';
import { findRecord } from '../mirror/records.ts';
import type { OutboxMutation } from '../outbox/outbox.ts';
import { type Words, words } from './item-words.ts';

export function cannedWords(mirror: ReadableMirror, { name, args }: OutboxMutation): Words {
  switch (name) {
    case 'create_canned_reply': {
      const { title, text, sharing } = args as MutationArgs<'create_canned_reply'>;
      const whose = sharing === 'shared' ? 'New shared canned reply' : 'New canned reply of yours';
      return words(`${whose}: ${title}`, { text });
    }
    case 'update_canned_reply': {
      const { changes } = args as MutationArgs<'update_canned_reply'>;
      const fields = changes.map(({ field }) => field).join(', ');
      const text = changes.find((change) => change.field === 'text')?.to ?? '';
      return words(`Canned reply ${titleOf(mirror, args)}: ${fields}`, { text });
    }
    case 'move_canned_reply': {
      const { to } = args as MutationArgs<'move_canned_reply'>;
      const title = titleOf(mirror, args);
      return words(to === 'shared' ? `Share ${title}` : `Make ${title} personal`);
    }
    case 'delete_canned_reply':
      return words(
        `Delete canned reply “${(args as MutationArgs<'delete_canned_reply'>).fromTitle}”`,
      );
    default:
      return words('A change');
  }
}

/** One that was moved stands under its new id. */
function titleOf(mirror: ReadableMirror, args: unknown): string {
  const { cannedReplyId, toCannedReplyId } = args as MutationArgs<'move_canned_reply'>;
  const stands =
    findRecord(mirror, 'canned_reply', cannedReplyId) ??
    findRecord(mirror, 'canned_reply', toCannedReplyId);
  return stands === undefined ? 'a canned reply' : `“${stands.title}”`;
}
