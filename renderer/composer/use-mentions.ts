import { type KeyboardEvent, type RefObject, useState } from 'react';
import type { Member } from '../records.ts';
import { useOffice } from '../shell/office.tsx';
import { membersFor, mentionAt } from './mention-at.ts';

export interface Mentions {
  /** Empty while nobody is looked for. */
  readonly offered: readonly Member[];
  readonly chosen: number;
  /** Answers whether the key was meant for the list of names. */
  onKey(event: KeyboardEvent): boolean;
  /** The caret may have moved. */
  onCaret(): void;
  take(member: Member): void;
}

/** Colleagues for an @ in an internal note; a customer reply calls nobody. (C7) */
export function useMentions({
  textarea,
  text,
  isNote,
  setText,
}: {
  textarea: RefObject<HTMLTextAreaElement | null>;
  text: string;
  isNote: boolean;
  setText: (text: string) => void;
}): Mentions {
  const { members, me } = useOffice();
  const [caret, setCaret] = useState(0);
  const [chosen, setChosen] = useState(0);
  // Closed by Esc for this @ only.
  const [closedAt, setClosedAt] = useState<number | null>(null);
  const at = isNote ? mentionAt(text, caret) : undefined;
  const others = members.filter(({ id }) => id !== me.id);
  const offered = at === undefined || at.from === closedAt ? [] : membersFor(at.typed, others);
  const index = Math.min(chosen, offered.length - 1);

  const take = (member: Member) => {
    if (at === undefined) return;
    const before = `${text.slice(0, at.from)}@${member.name} `;
    setText(before + text.slice(caret).replace(/^ /, ''));
    setCaret(before.length);
    setChosen(0);
    requestAnimationFrame(() => {
      textarea.current?.focus();
      textarea.current?.setSelectionRange(before.length, before.length);
    });
  };
  const onKey = (event: KeyboardEvent) => {
    const member = offered[index];
    if (member === undefined || event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key === 'ArrowDown') setChosen((index + 1) % offered.length);
    else if (event.key === 'ArrowUp') setChosen((index - 1 + offered.length) % offered.length);
    else if (event.key === 'Enter' || event.key === 'Tab') take(member);
    else if (event.key === 'Escape') setClosedAt(at?.from ?? null);
    else return false;
    return true;
  };
  return {
    offered,
    chosen: index,
    onKey,
    onCaret: () => {
      const now = textarea.current?.selectionStart ?? 0;
      if (now !== caret) setChosen(0);
      setCaret(now);
    },
    take,
  };
}
