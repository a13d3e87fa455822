import type { Audience } from '../../../sync-server/protocol/values.ts';
import type { OutboxFile } from './transfers-contract.ts';

/** What an item of "Waiting to send" says. */
export interface Words {
  readonly audience: Audience;
  readonly title: string;
  readonly text: string;
  readonly files: readonly OutboxFile[];
}

/** Internal, without a text, unless told otherwise. */
export const words = (title: string, more: Partial<Words> = {}): Words => ({
  audience: 'internal',
  title,
  text: '',
  files: [],
  ...more,
});
