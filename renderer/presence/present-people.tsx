import type { PresentPerson } from '../../electron/core/api/session-contract.ts';
import { Avatar } from '../ui/avatar.tsx';
import { classNames } from '../ui/class-names.ts';
import { LiveRegion } from '../ui/spoken.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { hereWords, personWords } from './presence-words.ts';

const MOST_SHOWN = 4;

/** Who else has this job open, as faces beside its title; their names for who points at them or hears the page. (H8) */
export function PresentPeople({ people }: { people: readonly PresentPerson[] }) {
  const shown = people.slice(0, MOST_SHOWN);
  const more = people.length - shown.length;
  return (
    <>
      {people.length > 0 && (
        <Tooltip text={hereWords(people)}>
          <span className="ml-auto flex shrink-0 items-center pl-3" data-testid="present-people">
            {shown.map((person, index) => (
              <span
                key={person.memberId}
                title={personWords(person)}
                className={classNames(
                  'grid animate-fade-in place-items-center rounded-full bg-surface p-[2px]',
                  index > 0 && '-ml-1.5',
                )}
              >
                <span
                  className={classNames(
                    'rounded-full ring-[1.5px]',
                    person.isWriting ? 'ring-accent' : 'ring-ok',
                  )}
                >
                  <Avatar id={person.memberId} name={person.name} small />
                </span>
              </span>
            ))}
            {more > 0 && <span className="ml-1 text-sm text-ink-3 tabular-nums">+{more}</span>}
          </span>
        </Tooltip>
      )}
      <LiveRegion>{hereWords(people)}</LiveRegion>
    </>
  );
}
