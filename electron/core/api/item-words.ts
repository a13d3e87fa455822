/** What an item of "Waiting to send" says. */
export interface Words {
  readonly title: string;
  readonly text: string;
}

/** Without a text, unless told otherwise. */
export const words = (title: string, more: Partial<Words> = {}): Words => ({
  title,
  text: '',
  ...more,
});
