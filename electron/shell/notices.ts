// Shows what the core decided that a member is told, and takes it away when it is over. (F4)

import { randomUUID } from 'node:crypto';
import { clipboard, dialog, Notification } from 'electron';
import type { Notice, NoticeState } from '../core/api/notices-contract.ts';
import type { Requests } from '../core/api/contract.ts';
import type { CoreLine } from './core-line.ts';

type JobId = Requests['notices.reply']['args']['jobId'];
type EntryId = Requests['notices.reply']['args']['entryId'];

export interface NoticesParts {
  readonly line: Pick<CoreLine, 'request' | 'watch'>;
  /** Leads a window there; null is the list of unread jobs. */
  open(place: Notice['place']): void;
  onCount(count: number): void;
}

interface Shown {
  /** Kept, or the system would tell nobody of a click on it. */
  readonly notification: Notification;
  /** Undefined of one that an earlier run showed together with others. */
  readonly jobIds: readonly string[] | undefined;
}

export class Notices {
  readonly #parts: NoticesParts;
  readonly #shown = new Map<string, Shown>();

  constructor(parts: NoticesParts) {
    this.#parts = parts;
    void this.#takeOver();
    parts.line.watch('notices', {}, (state) => this.#update(state));
  }

  #update(state: NoticeState | undefined): void {
    const { onCount, line } = this.#parts;
    onCount(state?.count ?? 0);
    for (const [id, { notification, jobIds }] of this.#shown) {
      const unread: readonly string[] = state?.jobIds ?? [];
      const isOver =
        jobIds === undefined
          ? unread.length === 0
          : !jobIds.some((jobId) => unread.includes(jobId));
      if (!isOver) continue;
      notification.close();
      this.#shown.delete(id);
    }
    if ((state?.fresh ?? 0) === 0 || !Notification.isSupported()) return;
    // Signed out in this very moment: then there is nothing to tell.
    void line.request('notices.take', {}).then(
      (notices) => notices.forEach((notice) => this.#show(notice)),
      () => undefined,
    );
  }

  #show({ id, title, body, place, jobIds, reply }: Notice): void {
    this.#shown.get(id)?.notification.close();
    const notification = new Notification({
      id,
      title,
      body,
      ...(reply === null ? {} : { hasReply: true, replyPlaceholder: reply.placeholder }),
    });
    this.#follow(notification, place, reply?.seenVersion ?? 0);
    this.#shown.set(id, { notification, jobIds });
    notification.show();
  }

  #follow(notification: Notification, place: Notice['place'], seenVersion: number): void {
    notification.on('click', () => this.#parts.open(place));
    notification.on('reply', ({ reply }) => {
      if (place !== null) void this.#answer(place, reply, seenVersion);
    });
  }

  async #answer(
    place: NonNullable<Notice['place']>,
    text: string,
    seenVersion: number,
  ): Promise<void> {
    const { jobId } = place;
    const entryId = randomUUID() as EntryId;
    try {
      const args = { jobId, entryId, text, seenVersion };
      const { kind } = await this.#parts.line.request('notices.reply', args);
      if (kind !== 'posted') this.#parts.open(place);
    } catch (error) {
      // It is nowhere but here.
      await clipboard.writeText(text);
      const reason = error instanceof Error ? error.message : '';
      dialog.showErrorBox(
        'Your reply was not sent',
        `${reason} What you typed is on the clipboard: paste it into the job.`.trim(),
      );
    }
  }

  /** On a Mac notices stand longer than Docket runs; what is read meanwhile is taken away from there, too. */
  async #takeOver(): Promise<void> {
    if (process.platform !== 'darwin') return;
    for (const notification of await Notification.getHistory()) {
      const { id } = notification;
      if (this.#shown.has(id)) continue;
      const isJob = id !== 'summary';
      // What was seen then is not known any more: an answer is held beside what is new. [P6]
      this.#follow(notification, isJob ? { jobId: id as JobId, entryId: null } : null, 0);
      this.#shown.set(id, { notification, jobIds: isJob ? [id] : undefined });
    }
  }
}
