// Shows in a browser what the core decided that a member is told, and takes it away when it is over. (F4)

import type { Notice } from '../../electron/core/api/notices-contract.ts';

export class PageNotices {
  readonly #open: (place: Notice['place']) => void;
  readonly #shown = new Map<string, { notification: Notification; jobIds: readonly string[] }>();

  constructor(open: (place: Notice['place']) => void) {
    this.#open = open;
  }

  show({ id, title, body, place, jobIds }: Notice): void {
    this.#shown.get(id)?.notification.close();
    const notification = new Notification(title, { body, tag: `docket ${id}` });
    notification.onclick = () => {
      window.focus();
      notification.close();
      this.#open(place);
    };
    this.#shown.set(id, { notification, jobIds });
  }

  /** What was read, here or elsewhere, is over. */
  withdraw(unreadJobIds: readonly string[]): void {
    for (const [id, { notification, jobIds }] of this.#shown) {
      if (jobIds.some((jobId) => unreadJobIds.includes(jobId))) continue;
      notification.close();
      this.#shown.delete(id);
    }
  }
}
