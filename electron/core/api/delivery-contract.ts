// How far what was written for a customer has come, as the screen shows it. (C10, F2)

/** Null where it has not come so far. */
export interface Delivery {
  /** When the server took it. */
  readonly onServerAt: string | null;
  /** `stage`: the job is in a stage the customer does not see; `undone`: withdrawn or removed for good. */
  readonly portal: 'shown' | 'stage' | 'undone';
  readonly mail: DeliveryMail;
  /** It was seen by then at the latest; what a customer saw first has no time of its own. */
  readonly seenBy: string | null;
}

export type DeliveryMail =
  /** None was queued and none will be. */
  | { readonly kind: 'none'; readonly why: 'off' | 'no-address' | 'unknown' }
  /** `trouble` is why it has not left yet, '' where it is simply not time. */
  | { readonly kind: 'waiting'; readonly to: readonly string[]; readonly trouble: string }
  | {
      readonly kind: 'sent';
      readonly at: string;
      readonly to: readonly string[];
      readonly refused: readonly MailRefusal[];
    }
  | { readonly kind: 'refused'; readonly at: string; readonly refused: readonly MailRefusal[] }
  | { readonly kind: 'dropped'; readonly at: string; readonly reason: string };

export interface MailRefusal {
  readonly to: string;
  /** The mail server's own words. */
  readonly reason: string;
}
