import type { Audience } from '../../../sync-server/protocol/values.ts';

/** What an item of "Waiting to send" says. */
export interface Words {
  readonly audience: Audience;
  readonly title: string;
  readonly text: string;
}

/** Internal, without a text, unless told otherwise. */
export const words = (title: string, more: Partial<Words> = {}): Words => ({
  audience: 'internal',
  title,
  text: '',
  ...more,
});
