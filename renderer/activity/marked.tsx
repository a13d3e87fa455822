/** A text with the beginnings of the searched words marked. */
export function Marked({ text, search }: { text: string; search: string }) {
  const words = search
    .split(/\s+/)
    .filter((word) => word !== '')
    .map(escaped);
  if (words.length === 0) return text;
  const parts = text.split(new RegExp(`(${words.join('|')})`, 'giu'));
  // Splitting at one group puts every match at an odd place.
  return parts.map((part, index) =>
    index % 2 === 1 ? <mark key={`${index} ${part}`}>{part}</mark> : part,
  );
}

const escaped = (word: string) => word.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
