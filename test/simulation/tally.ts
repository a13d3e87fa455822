// How often what was exercised. What a run never exercised it has not proved, so a zero fails the run.

const EXERCISED = [
  'accepted on a desk',
  'refused on a desk',
  'pushes',
  'pulls',
  'pokes',
  'replays absorbed',
  'applied',
  'refused by the server',
  'conflicted',
  'forms saved but for what clashed',
  'held by the server',
  'held on the desk',
  'resets',
  'pages with more to come',
  'posts pressed again',
  'retried',
  'discarded',
  'made internal',
  'taken back',
  'requests dropped',
  'requests delayed past their timeout',
  'requests duplicated',
  'answers lost after the commit',
  'answers of a stranger',
  'live lines broken',
  'live lines gone silent',
  'offline spells',
  'long spells away',
  'sent after a look',
  'replies that counted down',
  'undone while it counted down',
  'sent now',
  'desk crashes at an await',
  'desk crashes before accept',
  'desk crashes after accept',
  'desk crashes before send',
  'desk crashes after send',
  'desk crashes before apply-push',
  'desk crashes after apply-push',
  'desk crashes before apply-pull',
  'desk crashes after apply-pull',
  'server crashes at an await',
  'server crashes before commit',
  'server crashes after commit',
  'desk restarts',
  'clones',
  'restores',
  'desk clock jumps',
  'server clock jumps',
  'signed out by the server',
  'customers deleted',
  'refused for a deletion',
  'tombstones forgotten',
  'resets beyond the horizon',
  'pipeline changes',
  'role changes',
  'customer replies',
  'customer replies sent twice',
  'customer visits',
  'customer views compared',
  'files added',
  'files with the bytes of another',
  'files that replace another',
  'uploads begun',
  'uploads gone on with',
  'uploads cut off',
  'uploads duplicated',
  'server crashes over an upload',
  'blobs dropped by the server',
  'files made visible',
  'files made internal',
  'files renamed',
  'files withdrawn',
  'files redacted',
  'entries withdrawn',
  'entries redacted',
  'jobs followed or muted',
  'bells compared',
  'bells that ring',
  'bells that tell of a refused mail',
  'canned replies made',
  'canned replies changed',
  'canned replies shared or taken back',
  'canned replies inserted',
  'canned replies deleted or moved',
  'refused for a canned reply that is gone',
  'conflicts over a canned reply',
  'personal canned replies kept from others',
  'mails handed over',
  'mails to a next address',
  'mails refused',
  'mails to be tried again',
  'mails cut after hand-over',
  'mails that a mailbox had',
  'mails prevented',
  'mails held',
  'news merged into one mail',
  'server crashes over a mail',
  'customers who want no mails',
  'sign-in links asked for',
  'sign-in mails handed over',
  'entered by a mailed link',
  'mailed links that let nobody in',
  'unsubscribed by a mail',
  'files fetched by a customer',
  'files a customer may not have',
] as const;

export type Exercised = (typeof EXERCISED)[number];

export class Tally {
  readonly #counts = new Map<Exercised, number>(EXERCISED.map((name) => [name, 0]));

  count(name: Exercised, by = 1): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + by);
  }

  /** What another process counted. */
  addCounts(counts: Readonly<Record<string, number>>): void {
    for (const name of EXERCISED) this.count(name, counts[name] ?? 0);
  }

  get zeros(): readonly Exercised[] {
    return EXERCISED.filter((name) => this.#counts.get(name) === 0);
  }

  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts);
  }
}
