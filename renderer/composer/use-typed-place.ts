import { type KeyboardEvent, type RefObject, useState } from 'react';

/** A place in a text at which something is looked for while it is typed: behind an @, behind a slash. */
export interface TypedPlace<Place extends { readonly from: number }> {
  /** Undefined while nothing is looked for. */
  readonly at: Place | undefined;
  readonly caret: number;
  /** The caret may have moved. */
  onCaret(): void;
  readonly chosen: number;
  choose(index: number): void;
  /** Not for this place again. */
  close(): void;
  /** Puts other words from where the place begins up to the caret; the caret goes behind them, or marks a part of them. */
  put(words: string, marked?: { readonly from: number; readonly length: number }): void;
}

export function useTypedPlace<Place extends { readonly from: number }>({
  textarea,
  text,
  setText,
  placeAt,
}: {
  textarea: RefObject<HTMLTextAreaElement | null>;
  text: string;
  setText: (text: string) => void;
  placeAt: (text: string, caret: number) => Place | undefined;
}): TypedPlace<Place> {
  const [caret, setCaret] = useState(0);
  const [chosen, setChosen] = useState(0);
  // Closed by Esc for this one only.
  const [closedAt, setClosedAt] = useState<number | null>(null);
  const found = placeAt(text, caret);
  const at = found === undefined || found.from === closedAt ? undefined : found;
  return {
    at,
    caret,
    onCaret: () => {
      const now = textarea.current?.selectionStart ?? 0;
      if (now !== caret) setChosen(0);
      setCaret(now);
      if (closedAt !== null && placeAt(textarea.current?.value ?? '', now)?.from !== closedAt)
        setClosedAt(null);
    },
    chosen,
    choose: setChosen,
    close: () => setClosedAt(at?.from ?? null),
    put: (words, marked) => {
      if (at === undefined) return;
      const before = text.slice(0, at.from) + words;
      const after = text.slice(caret);
      setText(before + (words.endsWith(' ') ? after.replace(/^ /, '') : after));
      setChosen(0);
      const begin = marked === undefined ? before.length : at.from + marked.from;
      const end = begin + (marked?.length ?? 0);
      setCaret(begin);
      requestAnimationFrame(() => {
        textarea.current?.focus();
        textarea.current?.setSelectionRange(begin, end);
      });
    },
  };
}

/** What is offered at such a place. */
export interface Offers<T> {
  readonly offered: readonly T[];
  readonly chosen: number;
  take(item: T): void;
  /** Answers whether the key was meant for the list. */
  onKey(event: KeyboardEvent): boolean;
  onCaret(): void;
}

export function offersAt<Place extends { readonly from: number }, T>(
  place: TypedPlace<Place>,
  offered: readonly T[],
  take: (item: T) => void,
): Offers<T> {
  const chosen = Math.min(place.chosen, offered.length - 1);
  const onKey = (event: KeyboardEvent) => {
    const item = offered[chosen];
    if (item === undefined || event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key === 'ArrowDown') place.choose((chosen + 1) % offered.length);
    else if (event.key === 'ArrowUp') place.choose((chosen - 1 + offered.length) % offered.length);
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey) take(item);
    else if (event.key === 'Escape') place.close();
    else return false;
    return true;
  };
  return { offered, chosen, take, onKey, onCaret: place.onCaret };
}
