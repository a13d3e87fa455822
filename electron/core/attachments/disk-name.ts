// A name that every file system takes, as near to the one people know as can be.

/** Names that Windows keeps for devices, whatever their ending; it looks past spaces before that. */
const RESERVED = /^(con|prn|aux|nul|(conin|conout|clock)\$|com[0-9¹²³]|lpt[0-9¹²³]) *(\.|$)/i;
/** Of UTF-8; most file systems take 255, and some programs add an ending of their own. */
const MAX_BYTES = 200;

/** "a/b: c?.pdf" -> "a-b- c-.pdf"; never empty, never a path, never a device. */
export function diskName(shown: string): string {
  const plain = shown
    .toWellFormed()
    .replace(/[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu, '')
    .replace(/[<>:"/\\|?*]/g, '-')
    .replace(/^[. ]+/, '');
  const named = withoutTail(shortened(withoutTail(plain))) || 'File';
  return RESERVED.test(named) ? `_${named}` : named;
}

/** Windows drops a dot or a space at the end, and then looks for the file in vain. */
const withoutTail = (name: string): string => name.replace(/[. ]+$/, '');

function shortened(name: string): string {
  if (Buffer.byteLength(name) <= MAX_BYTES) return name;
  const ending = /\.[^.]{1,12}$/.exec(name)?.[0] ?? '';
  let stem = name.slice(0, name.length - ending.length);
  while (Buffer.byteLength(stem + ending) > MAX_BYTES) stem = stem.slice(0, -1);
  return `${stem.toWellFormed()}${ending}`;
}
