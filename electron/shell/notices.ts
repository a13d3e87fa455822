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

/** As much of what a Mac says as is read. */
interface Response {
  readonly identifier: string;
  readonly actionIdentifier?: string;
  /** What was typed into it. */
  readonly userText?: string;
}

const DISMISSED = 'com.apple.UNNotificationDismissActionIdentifier';

export class Notices {
  readonly #parts: NoticesParts;
  readonly #shown = new Set<Shown>();
  #lastReply = '';

  constructor(parts: NoticesParts) {
    this.#parts = parts;
    // Where the system does not say what stands there, that stays until a person takes it away.
    this.#takeOver().catch(() => undefined);
    parts.line.watch('notices', {}, (state) => this.#update(state));
  }

  /**
   * Once a window can be led somewhere.
   *
   * @param launchInfo on a Mac what a person did to a notice while Docket did not run; it begins with that
   */
  begin(launchInfo: unknown): void {
    if (process.platform === 'darwin' && isResponse(launchInfo)) this.#wentOn(launchInfo);
    if (process.platform === 'win32')
      Notification.handleActivation(({ type, reply = '' }) => this.#activated(type, reply));
  }

  /** Of those that stand longer than Docket, nobody would hear what is typed into them, but on a Mac, which starts it for that. */
  end(): void {
    if (process.platform !== 'darwin') this.#close(() => true);
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
      this.#lastReply = reply;
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
      await this.#giveBack(text, error instanceof Error ? error.message : '');
    }
  }

  /** It is nowhere but here. */
  async #giveBack(text: string, reason: string): Promise<void> {
    await clipboard.writeText(text);
    dialog.showErrorBox(
      'Your reply was not sent',
      `${reason} What you typed is on the clipboard: paste it into the job.`.trim(),
    );
  }

  #wentOn({ identifier, actionIdentifier, userText }: Response): void {
    if (actionIdentifier === DISMISSED) return;
    const place = placeOf(identifier);
    if (place === null || userText === undefined) this.#parts.open(place);
    else void this.#answer(place, userText, 0);
  }

  /** Windows tells it of every notice: of one that stands here as well, and of one of an earlier run without saying which job it was. */
  #activated(type: string, reply: string): void {
    if (type === 'reply')
      setImmediate(() => {
        if (reply.trim() !== '' && reply !== this.#lastReply)
          void this.#giveBack(
            reply,
            'The notification is from before Docket was started, and no longer says which job it was about.',
          );
      });
    else if (this.#shown.size === 0) this.#parts.open(null);
  }

  /** On a Mac notices stand longer than Docket runs; what is read meanwhile is taken away from there, too. */
  async #takeOver(): Promise<void> {
    if (process.platform !== 'darwin') return;
    const own = new Set([...this.#shown].map(({ notification }) => notification.id));
    for (const notification of await Notification.getHistory()) {
      const [noticeId = ''] = notification.id.split('.');
      if (own.has(notification.id)) continue;
      const place = placeOf(notification.id);
      // What was seen then is not known any more: an answer is held beside what is new. [P6]
      this.#follow(notification, place, 0);
      this.#shown.add({ notification, noticeId, jobIds: place === null ? undefined : [noticeId] });
    }
  }
}

/** Linux reads tags in a body, and shows none of it where they are not well formed; a title is plain everywhere. */
function bodyFor(platform: NodeJS.Platform, text: string): string {
  if (platform !== 'linux') return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Where a notice of an earlier run leads, by its id. */
function placeOf(id: string): Notice['place'] {
  const [noticeId = ''] = id.split('.');
  return noticeId === 'summary' ? null : { jobId: noticeId as JobId, entryId: null };
}

function isResponse(value: unknown): value is Response {
  return (
    typeof value === 'object' &&
    value !== null &&
    'identifier' in value &&
    typeof value.identifier === 'string'
  );
}
