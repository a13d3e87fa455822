import { Fragment } from 'react';
import { findWords } from './find-words.ts';

/** A text with the beginnings of the searched words marked. */
export function Marked({ text, search }: { text: string; search: string }) {
  const found = findWords(text, search);
  if (found.length === 0) return text;
  return (
    <>
      {found.map(({ from, to }, index) => (
        <Fragment key={from}>
          {text.slice(found[index - 1]?.to ?? 0, from)}
          <mark>{text.slice(from, to)}</mark>
        </Fragment>
      ))}
      {text.slice(found.at(-1)?.to)}
    </>
  );
}
