// How far a thing for the customer has come, in words: one for the line under it, all of them for who asks. (C10, F2)

import type { FeedItem } from '../../electron/core/api/jobs-contract.ts';
import { fullTime, timeBeside } from '../ui/time-words.ts';
import { shownAt } from './feed-rows.ts';

export type Delivery = NonNullable<FeedItem['delivery']>;
type DeliveryMail = Delivery['mail'];

export type RungKind = 'device' | 'server' | 'portal' | 'mail' | 'seen';

export interface Rung {
  readonly kind: RungKind;
  readonly words: string;
  /** The whole moment, for a tooltip; null where there is none. */
  readonly moment: string | null;
  /** `ahead`: not come to yet. `stopped`: it will not come to it as things stand. */
  readonly state: 'done' | 'ahead' | 'stopped' | 'trouble';
}

/** From the device to the customer's eyes. */
export function ladderOf(item: FeedItem, delivery: Delivery): readonly Rung[] {
  const beside = shownAt(item);
  const at = (iso: string) => timeBeside(iso, beside);
  const rung = (kind: RungKind, state: Rung['state'], words: string, iso?: string): Rung => ({
    kind,
    state,
    words,
    moment: iso === undefined ? null : fullTime(iso),
  });
  const { onServerAt, portal, mail, seenBy } = delivery;
  const { writtenAt } = item.entry;
  return [
    rung('device', 'done', `On this device ${at(writtenAt)}`, writtenAt),
    onServerAt === null
      ? rung('server', 'ahead', 'Not with the server yet')
      : rung('server', 'done', `With the server ${at(onServerAt)}`, onServerAt),
    onServerAt === null
      ? rung('portal', 'ahead', 'Not in the portal yet')
      : rung('portal', portal === 'shown' ? 'done' : 'stopped', PORTAL_WORDS[portal]),
    ...(onServerAt === null ? [] : portal === 'stage' ? heldMail(mail, at) : mailRungs(mail, at)),
    seenBy === null
      ? rung('seen', 'ahead', 'Not seen in the portal yet')
      : rung('seen', 'done', `Seen in the portal by ${at(seenBy)}`, seenBy),
  ];
}

/** A mail waits with its job until the customer sees that again. (F2) */
function heldMail(mail: DeliveryMail, at: (iso: string) => string): readonly Rung[] {
  if (mail.kind !== 'waiting') return mailRungs(mail, at);
  const words = `The mail to ${listed(mail.to)} leaves when the customer sees the job again`;
  return [{ kind: 'mail', state: 'stopped', words, moment: null }];
}

const PORTAL_WORDS = {
  shown: 'In the portal',
  stage: 'Not in the portal: the customer does not see jobs in this stage',
  undone: 'No longer in the portal',
} as const;

function mailRungs(mail: DeliveryMail, at: (iso: string) => string): readonly Rung[] {
  const rung = (state: Rung['state'], words: string, iso?: string): Rung => ({
    kind: 'mail',
    state,
    words,
    moment: iso === undefined ? null : fullTime(iso),
  });
  const refusals = (refused: readonly { to: string; reason: string }[]) =>
    refused.map(({ to, reason }) => rung('trouble', refusalWords(to, reason)));
  switch (mail.kind) {
    case 'none':
      return mail.why === 'unknown' ? [] : [rung('stopped', NO_MAIL_WORDS[mail.why])];
    case 'waiting':
      return [
        mail.trouble === ''
          ? rung('ahead', `A mail to ${listed(mail.to)} leaves within minutes`)
          : rung('trouble', `The mail to ${listed(mail.to)} could not leave yet: ${mail.trouble}`),
      ];
    case 'sent':
      return [
        rung('done', `Mailed ${at(mail.at)} to ${listed(mail.to)}`, mail.at),
        ...refusals(mail.refused),
      ];
    case 'refused':
      return refusals(mail.refused);
    case 'dropped':
      return [rung('stopped', `Not mailed: ${mail.reason}`, mail.at)];
  }
}

const NO_MAIL_WORDS = {
  off: 'No mail: “Notify on replies” is off',
  'no-address': 'No mail: the customer has no email address',
} as const;

export function refusalWords(to: string, reason: string): string {
  return `The mail to ${to} was refused${reason === '' ? '' : `: ${reason}`}`;
}

function listed(addresses: readonly string[]): string {
  return addresses.join(', ');
}

/** The highest rung it has come to, or what is wrong with the mail. Null while it is on this device: that is said elsewhere. */
export function summaryOf(item: FeedItem, delivery: Delivery): Rung | null {
  const { onServerAt, portal, mail, seenBy } = delivery;
  if (onServerAt === null) return null;
  const at = (iso: string) => timeBeside(iso, shownAt(item));
  if (seenBy !== null) return summary('seen', 'done', `Seen by ${at(seenBy)}`, seenBy);
  if (mail.kind === 'refused') return summary('mail', 'trouble', 'Mail refused', mail.at);
  if (mail.kind === 'sent') return summary('mail', 'done', `Mailed ${at(mail.at)}`, mail.at);
  if (portal === 'undone') return summary('portal', 'stopped', 'No longer in the portal');
  if (portal === 'stage') return summary('portal', 'stopped', 'Not in the portal');
  if (mail.kind === 'waiting' && mail.trouble !== '')
    return summary('mail', 'trouble', 'Mail could not leave yet');
  if (mail.kind === 'waiting') return summary('portal', 'done', 'In the portal, mail follows');
  return summary('portal', 'done', 'In the portal');
}

function summary(kind: RungKind, state: Rung['state'], words: string, iso?: string): Rung {
  return { kind, state, words, moment: iso === undefined ? null : fullTime(iso) };
}
