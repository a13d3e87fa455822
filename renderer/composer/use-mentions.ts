import type { RefObject } from 'react';
import type { Member } from '../records.ts';
import { useOffice } from '../shell/office.tsx';
import { membersFor, mentionAt } from './mention-at.ts';
import { type Offers, offersAt, useTypedPlace } from './use-typed-place.ts';

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
}): Offers<Member> {
  const { members, me } = useOffice();
  const place = useTypedPlace({
    textarea,
    text,
    setText,
    placeAt: (typed, caret) => (isNote ? mentionAt(typed, caret) : undefined),
  });
  const others = members.filter(({ id }) => id !== me.id);
  const offered = place.at === undefined ? [] : membersFor(place.at.typed, others);
  return offersAt(place, offered, ({ name }) => place.put(`@${name} `));
}
