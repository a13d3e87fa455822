import { Avatar } from '../ui/avatar.tsx';
import { classNames } from '../ui/class-names.ts';
import type { Mentions } from './use-mentions.ts';

export const MENTION_LIST = 'mention-list';
export const mentionOption = (index: number): string => `${MENTION_LIST}-${index}`;

/** Above the composer, so that what is being written stays in sight. The focus stays in the text. */
export function MentionList({ mentions }: { mentions: Mentions }) {
  const { offered, chosen, take } = mentions;
  if (offered.length === 0) return null;
  return (
    <div
      id={MENTION_LIST}
      role="listbox"
      aria-label="Colleagues"
      className="absolute bottom-full left-3 z-10 mb-1.5 w-72 max-w-full animate-float-in overflow-hidden rounded-[10px] border border-line bg-surface p-1 shadow-float"
    >
      {offered.map((member, index) => (
        // By keyboard it is chosen from the text, which keeps the focus.
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events
        <div
          key={member.id}
          id={mentionOption(index)}
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => take(member)}
          className={classNames(
            'flex min-h-8 cursor-default items-center gap-2 rounded-md px-2',
            index === chosen && 'bg-surface-3',
          )}
        >
          <Avatar small id={member.id} name={member.name} />
          <span dir="auto" className="min-w-0 flex-1 truncate">
            {member.name}
          </span>
        </div>
      ))}
    </div>
  );
}
