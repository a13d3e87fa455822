import type { Member } from '../records.ts';
import { Avatar } from '../ui/avatar.tsx';
import { OFFER_WINDOW, OfferList } from './offer-list.tsx';
import type { Offers } from './use-typed-place.ts';

export const MENTION_LIST = 'mention-list';

export function MentionList({ mentions }: { mentions: Offers<Member> }) {
  if (mentions.offered.length === 0) return null;
  return (
    <div className={`${OFFER_WINDOW} w-72 p-1`}>
      <OfferList id={MENTION_LIST} label="Colleagues" offers={mentions} keyOf={({ id }) => id}>
        {({ id, name }) => (
          <>
            <Avatar small id={id} name={name} />
            <span dir="auto" className="min-w-0 flex-1 truncate">
              {name}
            </span>
          </>
        )}
      </OfferList>
    </div>
  );
}
