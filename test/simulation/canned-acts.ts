// What people do with canned replies: write them, better them, share them, and insert them into what they post. (C6)

import type { CannedReply } from '../../sync-server/protocol/canned-replies.ts';
import type { EntryId } from '../../sync-server/protocol/ids.ts';
import type { Hand } from './file-acts.ts';

const ACTS = { create: 4, change: 5, move: 3, insert: 4, remove: 2 } as const;

/** What a person has on the screen, which may be out of date by the time they act on it. */
export class CannedDesk {
  #seen: readonly CannedReply[] = [];
  #written = 0;

  act(hand: Hand): void {
    const { chance } = hand.world.run;
    if (this.#seen.length === 0 || chance.happens(0.5))
      this.#seen = hand.desk.window.ask('canned-replies.find', { search: '', limit: 50 }) ?? [];
    // The first ones most of the time, so that people meet on the same words.
    const some = chance.happens(0.6) ? this.#seen.slice(0, 2) : this.#seen;
    const reply = chance.pickAny(some);
    const act = reply === undefined ? 'create' : chance.weighted(ACTS);
    if (reply === undefined || act === 'create') void this.#create(hand);
    else if (act === 'change') this.#change(hand, reply);
    else if (act === 'move') this.#move(hand, reply);
    else if (act === 'insert') void this.#insert(hand, reply);
    else hand.ask('canned-replies.delete', { cannedReplyId: reply.id, fromTitle: reply.title });
  }

  async #create(hand: Hand): Promise<void> {
    const { run, files } = hand.world;
    const sharing = run.chance.pick(['shared', 'personal'] as const);
    const words = this.#nextWords(hand);
    const added = [];
    if (run.chance.happens(0.5)) {
      const { name, text } = files.takeNew(`canned ${words}`);
      const result = await hand.desk.addFile(name, text);
      if (result?.kind !== 'added' || !hand.desk.isRunning) return;
      added.push({ blobId: result.blobId, name });
    }
    const args = { sharing, title: `Canned ${words}`, text: `Words ${words}`, files: added };
    hand.ask('canned-replies.create', args, (isDone) => {
      if (isDone) run.count('canned replies made');
    });
  }

  #change(hand: Hand, reply: CannedReply): void {
    const { run } = hand.world;
    const field = run.chance.pick(['title', 'text', 'text'] as const);
    const change = { field, from: reply[field], to: `${field} ${this.#nextWords(hand)}` };
    hand.ask('canned-replies.update', { cannedReplyId: reply.id, changes: [change] }, (isDone) => {
      if (isDone) run.count('canned replies changed');
    });
  }

  #move(hand: Hand, { id: cannedReplyId, ownerId }: CannedReply): void {
    const to = ownerId === null ? 'personal' : 'shared';
    hand.ask('canned-replies.move', { cannedReplyId, to }, (isDone) => {
      if (isDone) hand.world.run.count('canned replies shared or taken back');
    });
  }

  /** Its files come from this disk or the office, and go with the post as whoever posts it says. */
  async #insert(hand: Hand, { id: cannedReplyId }: CannedReply): Promise<void> {
    const { run } = hand.world;
    const page = hand.page();
    if (page === undefined) return;
    const { job, seenVersion } = page;
    const taken = await hand.desk.request('canned-replies.take-files', { cannedReplyId });
    if (taken.kind !== 'answered' || !hand.desk.isRunning) return;
    const entryId = run.newId() as EntryId;
    const files = taken.value.files.map(({ blobId }) => {
      const audience = run.chance.pick(['internal', 'visible'] as const);
      // Nor are two files called the same.
      return { blobId, name: hand.world.files.newName(), audience };
    });
    const audience = run.chance.pick(['internal', 'visible'] as const);
    hand.world.seen.set(entryId, hand.world.onScreen(hand.desk, job.id));
    hand.world.countdownWatch.posted(hand.desk, entryId);
    // No two posts say the same: mails are told apart by it.
    const text = `reply-canned-${this.#nextWords(hand)}`;
    const post = { entryId, jobId: job.id, audience, text, files, seenVersion };
    hand.ask('entries.post', post, (isDone) => {
      if (isDone) run.count('canned replies inserted');
    });
  }

  #nextWords({ desk }: Hand): string {
    this.#written += 1;
    return `${desk.name}-${this.#written}`;
  }
}
