// How mutators are written and run. A mutator is a generator: it asks for the records it needs and ends with an outcome,
// so the very same lines run on synchronous SQLite (desktop) and behind an asynchronous store (server).

import type { CustomerId, MemberId } from './ids.ts';
import type { Outcome } from './outcome.ts';
import type { AnyRecord, RecordKind, RecordOf, Role } from './records.ts';

export type Actor =
  | { readonly kind: 'member'; readonly memberId: MemberId; readonly role: Role }
  | { readonly kind: 'customer'; readonly customerId: CustomerId };

export interface MutationContext {
  /** Who acts, as the session says; what a mutation says about its author is ignored. [P5] */
  readonly actor: Actor;
  /** The device's clock, ISO 8601. */
  readonly writtenAt: string;
  /** The server's clock; null on a device, where nothing has arrived yet. */
  readonly arrivedAt: string | null;
  /** The reference for a new job; null on a device, where only the server can give one. */
  readonly nextReference: string | null;
}

export interface RecordKey {
  readonly kind: RecordKind;
  readonly id: string;
}

export type Mutator<Args> = (
  args: Args,
  context: MutationContext,
) => Generator<RecordKey, Outcome, AnyRecord | undefined>;

/** Asks the store for one record. The driver answers with a record of the asked kind, or undefined. */
export function* read<K extends RecordKind>(
  kind: K,
  id: string,
): Generator<RecordKey, RecordOf<K> | undefined, AnyRecord | undefined> {
  return (yield { kind, id }) as RecordOf<K> | undefined;
}

export function runSync(
  running: Generator<RecordKey, Outcome, AnyRecord | undefined>,
  find: (key: RecordKey) => AnyRecord | undefined,
): Outcome {
  let step = running.next();
  while (step.done !== true) step = running.next(find(step.value));
  return step.value;
}

export async function runAsync(
  running: Generator<RecordKey, Outcome, AnyRecord | undefined>,
  find: (key: RecordKey) => Promise<AnyRecord | undefined>,
): Promise<Outcome> {
  let step = running.next();
  while (step.done !== true) step = running.next(await find(step.value));
  return step.value;
}
