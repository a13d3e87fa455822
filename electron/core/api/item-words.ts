import type { OutboxFile } from './transfers-contract.ts';

/** What an item of "Waiting to send" says. */
export interface Words {
  readonly title: string;
  readonly text: string;
  readonly files: readonly OutboxFile[];
}

/** Without a text, unless told otherwise. */
export const words = (title: string, more: Partial<Words> = {}): Words => ({
  title,
  text: '',
  files: [],
  ...more,
});
