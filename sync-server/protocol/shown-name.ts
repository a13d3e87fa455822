// Names as customers read them, in the portal and in mails.

/** Characters that turn the reading direction: "cod.exe" must not be able to read as "exe.doc". */
const DIRECTION_MARKS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const CONTROLS = /\p{Cc}+/gu;

/** "Jonas" of "Jonas Weber", "Jonas" of "Dr. Jonas Weber". */
export function firstName(name: string): string {
  const words = name.trim().split(/\s+/);
  return (words.find((word) => !word.endsWith('.')) ?? name).replace(/,$/, '');
}

/** The name without the characters that could make it read as another. */
export function shownFileName(name: string): string {
  return name.replace(DIRECTION_MARKS, '').replace(CONTROLS, ' ').trim() || 'file';
}
