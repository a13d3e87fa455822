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
  /** Kept: Electron takes away what nobody holds, and tells nobody of a click on it. */
  readonly notification: Notification;
  /** One of a kind stands at a time. */
  readonly noticeId: string;
  /** Undefined of one that an earlier run showed together with others. */
  readonly jobIds: readonly string[] | undefined;
}

export class Notices {
  readonly #parts: NoticesParts;
  readonly #shown = new Set<Shown>();

  constructor(parts: NoticesParts) {
    this.#parts = parts;
    // Where the system does not say what stands there, that stays until a person takes it away.
    this.#takeOver().catch(() => undefined);
    parts.line.watch('notices', {}, (state) => this.#update(state));
  }

  #update(state: NoticeState | undefined): void {
    const { onCount, line } = this.#parts;
    onCount(state?.count ?? 0);
    const unread: readonly string[] = state?.jobIds ?? [];
    this.#close(({ jobIds }) =>
      jobIds === undefined ? unread.length === 0 : !jobIds.some((jobId) => unread.includes(jobId)),
    );
    if ((state?.fresh ?? 0) === 0 || !Notification.isSupported()) return;
    // Signed out in this very moment: then there is nothing to tell.
    void line.request('notices.take', {}).then(
      (notices) => notices.forEach((notice) => this.#show(notice)),
      () => undefined,
    );
  }

  #show({ id, title, body, place, jobIds, reply }: Notice): void {
    this.#close(({ noticeId }) => noticeId === id);
    const notification = new Notification({
      // With one name for both, taking away the older would take the newer with it.
      id: `${id}.${randomUUID().slice(0, 8)}`,
      title,
      body: bodyFor(process.platform, body),
      ...(reply === null ? {} : { hasReply: true, replyPlaceholder: reply.placeholder }),
    });
    this.#follow(notification, place, reply?.seenVersion ?? 0);
    this.#shown.add({ notification, noticeId: id, jobIds });
    notification.show();
  }

  #close(isOver: (shown: Shown) => boolean): void {
    for (const shown of [...this.#shown].filter(isOver)) {
      shown.notification.close();
      this.#shown.delete(shown);
    }
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
    const own = new Set([...this.#shown].map(({ notification }) => notification.id));
    for (const notification of await Notification.getHistory()) {
      const [noticeId = ''] = notification.id.split('.');
      if (own.has(notification.id)) continue;
      const isJob = noticeId !== 'summary';
      // What was seen then is not known any more: an answer is held beside what is new. [P6]
      this.#follow(notification, isJob ? { jobId: noticeId as JobId, entryId: null } : null, 0);
      this.#shown.add({ notification, noticeId, jobIds: isJob ? [noticeId] : undefined });
    }
  }
}

/** Linux reads tags in a body, and shows none of it where they are not well formed; a title is plain everywhere. */
function bodyFor(platform: NodeJS.Platform, text: string): string {
  if (platform !== 'linux') return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
