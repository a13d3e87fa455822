// How far a mail got with each of its addresses, and what one attempt changes about it. (F2)

import type { Delivery, QueuedMail } from '../storage/mail-outbox.ts';
import type { HandOver } from './transport.ts';

/** Of a mail server's words in the record, where something is said behind them that must fit in as well. */
const LONGEST_WORDS = 240;

export function isOnItsWay({ state }: Delivery): boolean {
  return state === 'waiting' || state === 'in_doubt';
}

export function givenUp(delivery: Delivery): Delivery {
  const reason = `It could not be handed over in time. ${delivery.reason}`.trim();
  return { ...delivery, state: 'refused', reason: withDoubt(reason, delivery.state) };
}

/** The office must not believe that an address has nothing where nobody knows. */
function withDoubt(reason: string, before: Delivery['state']): string {
  return before === 'in_doubt'
    ? `${reason.slice(0, LONGEST_WORDS)} (an earlier attempt may have reached them)`
    : reason;
}

export function isSettled({ deliveries }: QueuedMail): boolean {
  return deliveries.length > 0 && !deliveries.some(isOnItsWay);
}

/** Addresses as they stand now, each with how far it got before; who is no longer an address gets nothing more. */
export function plannedDeliveries(
  before: readonly Delivery[],
  to: readonly string[],
  now: string,
): readonly Delivery[] {
  const known = new Map(before.map((delivery) => [delivery.to, delivery]));
  const done = before.filter((each) => !to.includes(each.to) && !isOnItsWay(each));
  const current = to.map(
    (address): Delivery =>
      known.get(address) ?? { to: address, state: 'waiting', at: now, reason: '' },
  );
  return [...done, ...current];
}

export function deliveryAfter(came: HandOver, before: Delivery['state']): Partial<Delivery> {
  switch (came.kind) {
    case 'taken':
      return { state: 'taken', reason: '' };
    case 'refused':
      return { state: 'refused', reason: withDoubt(came.reason, before) };
    case 'later': {
      // What was in doubt stays so: that this attempt failed says nothing about the one before.
      const isInDoubt = came.mayHaveLeft || before === 'in_doubt';
      return { state: isInDoubt ? 'in_doubt' : 'waiting', reason: came.reason };
    }
  }
}
