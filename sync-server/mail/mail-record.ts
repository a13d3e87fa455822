// What the office sees of a mail, from how far it got with each address. (F2)

import type { Mail } from '../protocol/records.ts';
import type { Delivery } from '../storage/mail-outbox.ts';

const LONGEST_REASON = 480;

/** Sent as soon as one address has it; refused where none will. An address that refused is named either way. */
export function sentRecord(before: Mail, deliveries: readonly Delivery[], now: string): Mail {
  const taken = deliveries.find(({ state }) => state === 'taken');
  const refused = deliveries.filter(({ state }) => state === 'refused');
  const waiting = deliveries.filter(({ state }) => state === 'waiting' || state === 'in_doubt');
  const record = { ...withRefusals(before, deliveries), to: deliveries.map(({ to }) => to) };
  if (taken !== undefined) return { ...record, state: 'sent', at: taken.at, reason: '' };
  if (waiting.length > 0)
    return { ...record, state: 'waiting', at: before.at, reason: waiting[0]?.reason ?? '' };
  const reason = refused.map((each) => each.reason).find((each) => each !== '') ?? '';
  return { ...record, state: 'refused', at: now, reason: reason.slice(0, LONGEST_REASON) };
}

/** Where it may have left before it was dropped, the office is told so: it must not believe what nobody knows. */
export function droppedRecord(
  before: Mail,
  reason: string,
  deliveries: readonly Delivery[],
  now: string,
): Mail {
  if (deliveries.some(({ state }) => state === 'taken'))
    return sentRecord(
      before,
      deliveries.filter(({ state }) => state === 'taken' || state === 'refused'),
      now,
    );
  const inDoubt = deliveries.find(({ state }) => state === 'in_doubt');
  const doubt = inDoubt === undefined ? '' : ' An earlier attempt may have reached the customer.';
  const record = withRefusals(before, deliveries);
  return { ...record, state: 'dropped', at: now, reason: `${reason}${doubt}` };
}

/** As the deliveries have them, which forget none. */
function withRefusals(before: Mail, deliveries: readonly Delivery[]): Mail {
  const refused = deliveries
    .filter(({ state }) => state === 'refused')
    .map(({ to, reason }) => ({ to, reason: reason.slice(0, 300) }));
  const { refused: _earlier, ...rest } = before;
  return { ...rest, ...(refused.length > 0 ? { refused } : {}) };
}
