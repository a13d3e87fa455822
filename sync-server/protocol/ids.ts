// Ids are made where a record is born, so a record has its final id from the first moment. [P4]

import * as z from 'zod';

/** Lower case, version 4 or 7. */
export const UUID_PATTERN =
  '[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
const UUID = new RegExp(`^${UUID_PATTERN}$`);
const SHA256 = /^[0-9a-f]{64}$/;

const uuid = () => z.string().regex(UUID, 'must be a lower-case UUID, version 4 or 7');

export const workspaceId = uuid().brand<'WorkspaceId'>();
export const memberId = uuid().brand<'MemberId'>();
export const customerId = uuid().brand<'CustomerId'>();
export const pipelineId = uuid().brand<'PipelineId'>();
export const stageId = uuid().brand<'StageId'>();
export const fieldId = uuid().brand<'FieldId'>();
export const jobId = uuid().brand<'JobId'>();
export const entryId = uuid().brand<'EntryId'>();
export const attachmentId = uuid().brand<'AttachmentId'>();
export const portalLinkId = uuid().brand<'PortalLinkId'>();
export const cannedReplyId = uuid().brand<'CannedReplyId'>();
export const mutationId = uuid().brand<'MutationId'>();
export const clientId = uuid().brand<'ClientId'>();
/** The SHA-256 of the bytes, 64 lower-case hex digits. [B1] */
export const blobId = z
  .string()
  .regex(SHA256, 'must be a SHA-256 in 64 lower-case hex digits')
  .brand<'BlobId'>();
/** The SHA-256 of a token, 64 lower-case hex digits: all that is ever kept of what opens a door. (E1) */
export const tokenHash = z
  .string()
  .regex(SHA256, 'must be a SHA-256 in 64 lower-case hex digits')
  .brand<'TokenHash'>();

export type WorkspaceId = z.infer<typeof workspaceId>;
export type MemberId = z.infer<typeof memberId>;
export type CustomerId = z.infer<typeof customerId>;
export type PipelineId = z.infer<typeof pipelineId>;
export type StageId = z.infer<typeof stageId>;
export type FieldId = z.infer<typeof fieldId>;
export type JobId = z.infer<typeof jobId>;
export type EntryId = z.infer<typeof entryId>;
export type AttachmentId = z.infer<typeof attachmentId>;
export type PortalLinkId = z.infer<typeof portalLinkId>;
export type CannedReplyId = z.infer<typeof cannedReplyId>;
export type MutationId = z.infer<typeof mutationId>;
export type ClientId = z.infer<typeof clientId>;
export type BlobId = z.infer<typeof blobId>;
export type TokenHash = z.infer<typeof tokenHash>;

/**
 * A UUIDv7 from a clock reading and ten random bytes: sortable by the time it was made. [P1, P4]
 *
 * @param nowMs Unix time in milliseconds
 * @param random ten random bytes
 */
export function uuidV7(nowMs: number, random: Uint8Array): string {
  const time = Math.trunc(nowMs).toString(16).padStart(12, '0').slice(-12);
  const hex = Array.from(random.subarray(0, 10), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );
  const variant = ((Number.parseInt(hex.slice(3, 4), 16) & 0x3) | 0x8).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-${variant}${hex.slice(4, 7)}-${hex.slice(7, 19).padEnd(12, '0')}`;
}
