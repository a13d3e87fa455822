// What the renderer may send about canned replies, as schemas. (C6)

import * as z from 'zod';
import { MAX_CANNED_FILES, sharing } from '../../../sync-server/protocol/canned-replies.ts';
import { blobId, cannedReplyId } from '../../../sync-server/protocol/ids.ts';
import { memberMutationArgs } from '../../../sync-server/protocol/mutations.ts';
import { name } from '../../../sync-server/protocol/values.ts';
import type { CannedQueries, CannedRequests } from './canned-contract.ts';

const search = z.string().max(200);
const cannedAlone = z.strictObject({ cannedReplyId });

export const cannedReplyRequests = {
  'canned-replies.create': memberMutationArgs.create_canned_reply
    .omit({ cannedReplyId: true })
    .extend({ files: z.array(z.strictObject({ blobId, name })).max(MAX_CANNED_FILES) }),
  'canned-replies.update': memberMutationArgs.update_canned_reply,
  'canned-replies.move': memberMutationArgs.move_canned_reply.omit({ toCannedReplyId: true }),
  'canned-replies.delete': memberMutationArgs.delete_canned_reply,
  'canned-replies.take-files': cannedAlone,
} as const satisfies Record<keyof CannedRequests, z.ZodType>;

export const cannedReplyQueries = {
  'canned-replies.list': z.strictObject({
    search,
    sharing,
    offset: z.int().min(0),
    limit: z.int().min(1).max(500),
  }),
  'canned-replies.one': cannedAlone,
  'canned-replies.find': z.strictObject({ search, limit: z.int().min(1).max(50) }),
} as const satisfies Record<keyof CannedQueries, z.ZodType>;
