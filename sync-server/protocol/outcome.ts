// What became of a mutation. A refusal is a result like any other: it is recorded, acknowledged and shown. [P2, P3]

import * as z from 'zod';
import type { DeviceEnd } from './device-end.ts';
import type { ClientId, CustomerId, MemberId, PortalLinkId, TokenHash } from './ids.ts';
import type { NewSession } from './new-session.ts';
import type { KindedRecord, RecordKey } from './records.ts';

export const refusalCode = z.enum([
  'not-understood',
  'not-allowed',
  'job-missing',
  'customer-missing',
  /** Deleted for good, and all jobs with it: what came later for them has nowhere to go. */
  'customer-deleted',
  'customer-in-use',
  /** What one customer wrote or was given never goes to another. (E7) */
  'already-shared',
  'pipeline-missing',
  'pipeline-in-use',
  'stage-missing',
  'member-missing',
  'link-missing',
  'field-missing',
  'file-missing',
  'blob-missing',
  /** Said by the device alone: a file can never arrive, so nothing was sent. (D7) */
  'file-stuck',
  'entry-missing',
  'file-missing',
  'canned-reply-missing',
  'value-not-valid',
  'nothing-to-post',
  'already-exists',
]);
export type RefusalCode = z.infer<typeof refusalCode>;

/** `sentence` is for a person: what happened, to what, what to do. */
export const refusal = z.strictObject({ code: refusalCode, sentence: z.string().max(500) });
export type Refusal = z.infer<typeof refusal>;

/** What stands on the server where a wish met something newer. */
export const conflict = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('stage'), standsStageId: z.string(), standsName: z.string() }),
  z.strictObject({
    kind: z.literal('assignee'),
    standsMemberId: z.string().nullable(),
    standsName: z.string(),
  }),
  /** A job is in another pipeline, or another stage of it. (A1) */
  z.strictObject({
    kind: z.literal('place'),
    standsPipelineId: z.string(),
    standsStageId: z.string(),
    standsName: z.string(),
  }),
  z.strictObject({ kind: z.literal('title'), standsTitle: z.string() }),
  /** Without a name: whoever is deleted leaves none in an answer. [O2] */
  z.strictObject({ kind: z.literal('customer'), standsCustomerId: z.string() }),
  z.strictObject({
    kind: z.literal('form'),
    fields: z.array(
      z.strictObject({ fieldId: z.string(), label: z.string(), stands: z.unknown() }),
    ),
  }),
  /** Fields of a customer, a pipeline or the office that somebody else changed meanwhile. (H5) */
  z.strictObject({
    kind: z.literal('fields'),
    fields: z.array(
      z.strictObject({
        field: z.string(),
        label: z.string(),
        stands: z.unknown(),
        /** For a person. */
        standsWords: z.string(),
      }),
    ),
  }),
  /** A file was renamed meanwhile. (D3) */
  z.strictObject({ kind: z.literal('file'), standsName: z.string() }),
  /** The author put another text there meanwhile. It is not quoted: answers are kept, and a text may be removed for good. (C10) */
  z.strictObject({ kind: z.literal('text') }),
  /** A scheduled reply was sent, cancelled or changed meanwhile. (C8) */
  z.strictObject({
    kind: z.literal('scheduled'),
    stands: z.enum(['sent', 'note', 'cancelled', 'changed']),
    /** By the server's clock; null of a change, which keeps no time. */
    at: z.string().nullable(),
    /** Null where the server did it by itself, or it was a change. */
    byName: z.string().nullable(),
  }),
]);
export type Conflict = z.infer<typeof conflict>;

/** What a mutation changes about who may come in. The server does it in the commit of the records; a device has no door. (E1) */
export type DoorChange =
  /** Whoever has the token of this hash may use the link. */
  | { readonly kind: 'add-key'; readonly linkId: PortalLinkId; readonly tokenHash: TokenHash }
  /** Signs the customer in on one browser. */
  | {
      readonly kind: 'add-session';
      readonly customerId: CustomerId;
      readonly session: NewSession;
      readonly at: string;
    }
  /** Signs the customer out everywhere. */
  | { readonly kind: 'end-sessions'; readonly customerId: CustomerId; readonly at: string }
  /** Everything the door knows of the customer goes, for good. */
  | { readonly kind: 'forget-customer'; readonly customerId: CustomerId }
  /** Signs devices of a member out, so that they wipe what they hold. (J1) */
  | {
      readonly kind: 'end-devices';
      readonly memberId: MemberId;
      /** All where neither is said. */
      readonly which: { readonly clientId?: ClientId; readonly exceptClientId?: ClientId };
      readonly at: string;
      readonly how: DeviceEnd;
    }
  /** The member signs in with these from now on. */
  | {
      readonly kind: 'set-sign-in';
      readonly memberId: MemberId;
      readonly email: string;
      readonly passwordHash: string;
    }
  | { readonly kind: 'remove-sign-in'; readonly memberId: MemberId };

/** Records that go for good, all in one version: of each a tombstone stays, which has no words. [O2] */
export interface Deletion {
  readonly keys: readonly RecordKey[];
  readonly by: MemberId;
  /** By the server's clock once it has arrived. */
  readonly at: string;
}

/** A mutator's answer. `applied` with no changes is a no-op that succeeded. */
export type Outcome =
  | {
      readonly kind: 'applied';
      readonly puts: readonly KindedRecord[];
      readonly door?: readonly DoorChange[];
      readonly deletion?: Deletion;
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** Nothing of it took effect but the entry that keeps the wish in the feed, and, of a form, what nobody else changed. (H5) */
  | {
      readonly kind: 'conflicted';
      readonly conflict: Conflict;
      readonly puts: readonly KindedRecord[];
    }
  /** A customer reply whose job moved on since its author saw it: a person decides. [P6] */
  | { readonly kind: 'held' };

export const applied = (...puts: KindedRecord[]): Outcome => ({ kind: 'applied', puts });

export const appliedWithDoor = (
  puts: readonly KindedRecord[],
  door: readonly DoorChange[],
): Outcome => ({ kind: 'applied', puts, door });

export const refused = (
  code: RefusalCode,
  sentence: string,
): Extract<Outcome, { kind: 'refused' }> => ({
  kind: 'refused',
  refusal: { code, sentence },
});

/** The answer to one mutation of a push: `version` is the workspace's version its effects stand at. */
export const pushOutcome = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('applied'), version: z.int().min(0) }),
  z.strictObject({ kind: z.literal('refused'), refusal }),
  z.strictObject({ kind: z.literal('conflicted'), conflict }),
  z.strictObject({ kind: z.literal('held') }),
]);
export type PushOutcome = z.infer<typeof pushOutcome>;
