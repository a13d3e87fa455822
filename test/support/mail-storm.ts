// An office and its customer in a storm, told by a seed: things are posted, taken back and hidden while mails leave over a line
// that refuses, breaks off and swallows answers, and processes die while they hand over. A mailbox keeps the first copy of
// each Message-ID, as mailboxes do.

import type { MailTransport } from '../../sync-server/mail/transport.ts';
import type { Entry } from '../../sync-server/protocol/entries.ts';
import type { Mail } from '../../sync-server/protocol/records.ts';
import type { Storage } from '../../sync-server/storage/storage.ts';
import { Chance } from '../simulation/chance.ts';
import { anEntryId } from './builders.ts';
import { ANNA_EMAIL, type MailOffice, MINUTE_MS, openMailOffice } from './mail-office.ts';

export interface Storm {
  /** What was found wrong, in words; nothing where all held. */
  readonly violations: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
}

interface Reply {
  readonly entryId: Entry['id'];
  readonly text: string;
  isWithdrawn: boolean;
}

const STEPS = 100;
const WEIGHTS = { reply: 7, note: 2, withdraw: 2, switch: 1, stage: 1, pass: 9, send: 9 } as const;

export async function runStorm(
  seed: number,
  wired = (storage: Storage) => storage,
): Promise<Storm> {
  const office = await openMailOffice();
  try {
    const storm = new RunningStorm(office, seed, wired(office.storage));
    await storm.run();
    return storm;
  } finally {
    await office.close();
  }
}

class RunningStorm implements Storm {
  readonly violations: string[] = [];
  readonly counts: Record<string, number> = {};
  readonly #office: MailOffice;
  readonly #chance: Chance;
  readonly #storage: Storage;
  readonly #replies: Reply[] = [];
  readonly #notes: string[] = [];
  /** The first copy of each Message-ID. */
  readonly #mailbox = new Map<string, string>();
  #isOn = true;
  #isShown = true;
  #isCalm = false;

  constructor(office: MailOffice, seed: number, storage: Storage) {
    this.#office = office;
    this.#chance = new Chance(seed);
    this.#storage = storage;
  }

  async run(): Promise<void> {
    for (let step = 0; step < STEPS; step += 1) await this.#step();
    await this.#comeToRest();
    await this.#check();
  }

  async #step(): Promise<void> {
    // What is off does not stay so for long, or little would leave at all.
    if (!this.#isOn && this.#chance.happens(0.4)) await this.#setNotify(true);
    if (!this.#isShown && this.#chance.happens(0.4)) await this.#setStage(true);
    const what = this.#chance.weighted(WEIGHTS);
    this.#count(what);
    switch (what) {
      case 'reply':
        return this.#post('visible');
      case 'note':
        return this.#post('internal');
      case 'withdraw':
        return this.#withdraw();
      case 'switch':
        return this.#setNotify(!this.#isOn);
      case 'stage':
        return this.#setStage(!this.#isShown);
      case 'pass':
        this.#office.pass(this.#chance.between(30, 600) * 1000);
        return undefined;
      case 'send':
        return this.#send();
    }
  }

  async #post(audience: 'visible' | 'internal'): Promise<void> {
    const entryId = anEntryId();
    const text = `${audience} number ${this.#replies.length + this.#notes.length};`;
    const outcome = await this.#office.staff('post_entry', {
      jobId: this.#office.records.jobs.golf.id,
      entryId,
      audience,
      text,
      attachments: [],
      seenVersion: 1_000_000,
    });
    if (outcome.kind !== 'applied') this.violations.push(`not posted: ${outcome.kind}`);
    if (audience === 'internal') this.#notes.push(text);
    else this.#replies.push({ entryId, text, isWithdrawn: false });
  }

  async #withdraw(): Promise<void> {
    const reply = this.#chance.pickAny(this.#replies.slice(-3));
    if (reply === undefined || reply.isWithdrawn) return;
    const { entryId } = reply;
    const { jobs } = this.#office.records;
    await this.#office.staff('withdraw_entry', { jobId: jobs.golf.id, entryId });
    reply.isWithdrawn = true;
  }

  async #setNotify(isOn: boolean): Promise<void> {
    const { anna } = this.#office.records;
    const record = { ...anna, emails: [ANNA_EMAIL], notifyOnReplies: isOn };
    await this.#office.put({ kind: 'customer', record });
    this.#isOn = isOn;
  }

  async #setStage(isShown: boolean): Promise<void> {
    const { jobs, stages } = this.#office.records;
    const { id } = isShown ? stages.workshop : stages.insurer;
    await this.#office.put({ kind: 'job', record: { ...jobs.golf, stageId: id } });
    this.#isShown = isShown;
  }

  /** As a process does it; where it dies while handing over, nobody waits for it any more. */
  async #send(): Promise<void> {
    const { promise: died, resolve: die } = Promise.withResolvers<unknown>();
    const transport: MailTransport = {
      handOver: async ({ messageId, text }) => {
        const fate = this.#isCalm ? 'taken' : this.#chance.weighted(FATES);
        this.#count(`hand-over ${fate}`);
        const arrives = fate === 'taken' || fate === 'lost answer' || fate === 'death after';
        if (arrives) this.#arrive(messageId, text);
        if (fate === 'death after' || fate === 'death before') {
          die(undefined);
          return new Promise(() => undefined);
        }
        if (fate === 'taken') return Promise.resolve({ kind: 'taken' });
        const mayHaveLeft = fate === 'lost answer' || fate === 'lost mail';
        return Promise.resolve({ kind: 'later', reason: fate, mayHaveLeft });
      },
    };
    await Promise.race([this.#office.sendDue({ transport, storage: this.#storage }), died]);
  }

  #arrive(messageId: string, text: string): void {
    if (!this.#isOn) this.violations.push('a mail left while notifications were off');
    if (!this.#isShown) this.violations.push('a mail left while the job was internal');
    for (const note of this.#notes)
      if (text.includes(note)) this.violations.push(`a note was mailed: ${note}`);
    for (const reply of this.#replies) {
      if (!text.includes(reply.text)) continue;
      if (reply.isWithdrawn) this.violations.push(`mailed after its withdrawal: ${reply.text}`);
      for (const [id, earlier] of this.#mailbox)
        if (id !== messageId && earlier.includes(reply.text))
          this.violations.push(`mailed twice under two ids: ${reply.text}`);
    }
    if (this.#mailbox.has(messageId)) this.#count('second copies');
    else this.#mailbox.set(messageId, text);
  }

  async #comeToRest(): Promise<void> {
    this.#isCalm = true;
    await this.#setNotify(true);
    await this.#setStage(true);
    for (let rounds = 0; rounds < 200; rounds += 1) {
      if ((await this.#storage.mails.nextMailAt()) === undefined) return;
      this.#office.pass(10 * MINUTE_MS);
      await this.#send();
    }
    this.violations.push('mails never came to rest');
  }

  async #check(): Promise<void> {
    const mails = await this.#office.mails();
    for (const { state, id } of mails)
      if (state === 'waiting') this.violations.push(`still waiting: ${id}`);
    for (const reply of this.#replies) this.#checkReply(reply, mails);
    for (const failure of this.#office.failures) this.violations.push(String(failure));
  }

  /** What a mail says it told is in the mailbox. */
  #checkReply({ entryId, text, isWithdrawn }: Reply, mails: readonly Mail[]): void {
    const telling = mails.filter(({ entryIds }) => entryIds.includes(entryId));
    if (telling.length > 1) this.violations.push(`in two mails: ${text}`);
    const isThere = [...this.#mailbox.values()].some((mail) => mail.includes(text));
    const [mail] = telling;
    if (mail?.state === 'sent' && !isThere && !isWithdrawn)
      this.violations.push(`said to be mailed, and is in no mailbox: ${text}`);
    if (mail === undefined && isThere) this.violations.push(`mailed without a record: ${text}`);
    if (mail?.state === 'dropped' && isThere && !mail.reason.includes('may have reached'))
      this.violations.push(`said not to be mailed, and is in the mailbox: ${text}`);
    if (isThere) this.#count('replies mailed');
  }

  #count(what: string): void {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
  }
}

const FATES = {
  taken: 5,
  'not now': 3,
  'lost answer': 2,
  'lost mail': 2,
  'death before': 1,
  'death after': 2,
} as const;
