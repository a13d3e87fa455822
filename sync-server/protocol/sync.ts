// Push, pull and live: the messages between a desktop and the server.

import * as z from 'zod';
import { clientId, jobId, memberId, mutationId, workspaceId } from './ids.ts';
import { mutation } from './mutations.ts';
import { pushOutcome } from './outcome.ts';
import { member, RECORD_KINDS, workspace } from './records.ts';

export const MAX_PUSH_MUTATIONS = 200;
export const MAX_PUSH_BYTES = 256 * 1024;
export const PULL_PAGE_ROWS = 5000;

const epoch = z.string().min(1).max(60);

export const pushRequest = z.strictObject({
  /** The database this push is for, as its device's last page named it. Only an older device leaves it out. [L6] */
  epoch: epoch.optional(),
  mutations: z.array(mutation).min(1).max(MAX_PUSH_MUTATIONS),
});
export type PushRequest = z.infer<typeof pushRequest>;

export const pushAnswer = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('results'),
    results: z.array(z.object({ id: mutationId, outcome: pushOutcome })),
  }),
  /** The push was for another epoch and nothing of it was done: pull first, then ask again. [L6] */
  z.object({ kind: z.literal('reset'), reason: z.string() }),
]);
export type PushAnswer = z.infer<typeof pushAnswer>;
export type PushResults = Extract<PushAnswer, { kind: 'results' }>;

const recordKind = z.enum(RECORD_KINDS as [string, ...string[]]);

/** One confirmed change. `createdVersion` is the version the record was born at: it orders the feed for everyone. [O2, B5] */
export const change = z.discriminatedUnion('op', [
  z.object({
    op: z.literal('put'),
    kind: recordKind,
    id: z.string(),
    version: z.int().min(1),
    createdVersion: z.int().min(1),
    record: z.unknown(),
  }),
  z.object({
    op: z.literal('delete'),
    kind: recordKind,
    id: z.string(),
    version: z.int().min(1),
  }),
]);
export type Change = z.infer<typeof change>;

export const pullQuery = z.strictObject({
  /** Absent on the first pull. Opaque to the device. */
  cursor: z.string().max(1000).optional(),
});

const page = z.object({
  kind: z.literal('page'),
  changes: z.array(change),
  cursor: z.string(),
  /** Of the database this page is from; pushes name it. [L6] */
  epoch,
  /** What links to the portal begin with, without a slash at the end, so that a device can make one offline. (A6) */
  portalUrl: z.url().max(300).optional(),
  /** The version this page brings the device to; 0 until a first sync is through. */
  version: z.int().min(0),
  more: z.boolean(),
  /** How far a first sync is, in rows; null once it is through. [L2] */
  snapshot: z.object({ rowsSent: z.int().min(0), rowsTotal: z.int().min(0) }).nullable(),
  /** Of everything the device holds after this page; null unless this page brings it in step. [L5] */
  digest: z.object({ rows: z.int().min(0), sum: z.int().min(0) }).nullable(),
});
/** The cursor is of another epoch or workspace, or beyond the horizon: start again from nothing, keep the outbox. [L3, L6] */
const reset = z.object({ kind: z.literal('reset'), reason: z.string() });

export type PullAnswer = z.infer<typeof page> | z.infer<typeof reset>;

/** A page's changes come last, each on a line of its own: plain JSON to whoever reads it whole, and rows to whoever does not. */
export const CHANGES_BEGIN = '"changes":[\n';
export const CHANGES_END = '\n]}';

/** A pull's answer but for its changes, which are looked at one by one. */
export const pullAnswerHead = z.discriminatedUnion('kind', [
  page.extend({ changes: z.array(z.unknown()) }),
  reset,
]);

/** "There is something after version n", and nothing else. [L4] */
export const poke = z.object({ version: z.int().min(0) });
export type Poke = z.infer<typeof poke>;

/** How long what a device said of itself counts; it says it again well before. (H8) */
export const PRESENCE_LEASE_MS = 15_000;
export const PRESENCE_RENEW_MS = 6_000;

/** Jobs that are open on a device; it takes the place of what the device said before. Kept nowhere. (H8) */
export const presenceRequest = z.strictObject({
  jobs: z.array(z.strictObject({ jobId, isWriting: z.boolean() })).max(5),
});
export type PresenceRequest = z.infer<typeof presenceRequest>;

const present = z.object({ memberId, jobId, isWriting: z.boolean() });
export type Present = z.infer<typeof present>;

/** On the live stream: everybody else of the office who has a job open now. */
export const presenceEvent = z.object({ people: z.array(present).max(500) });

export const signInRequest = z.strictObject({
  email: z.email().max(254),
  password: z.string().min(1).max(200),
  clientId,
  deviceName: z.string().max(120),
});
export type SignInRequest = z.infer<typeof signInRequest>;

export const signInAnswer = z.object({
  token: z.string(),
  workspace,
  member,
});
export type SignInAnswer = z.infer<typeof signInAnswer>;

export const sessionAnswer = z.object({ workspaceId, memberId });

/** How the server says no: one kind, one sentence for a person. */
export const failure = z.object({ error: z.string(), sentence: z.string() });
