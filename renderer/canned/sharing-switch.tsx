import { UserRound, Users } from 'lucide-react';
import { RadioGroup } from 'radix-ui';
import type { Sharing } from '../records.ts';
import { classNames } from '../ui/class-names.ts';
import { SHARING_WORDS } from './canned-draft.ts';

const ICONS = { personal: UserRound, shared: Users } as const;

/** Who has it: nobody else, until a person says so. (C6) */
export function SharingSwitch({
  sharing,
  onChange,
}: {
  sharing: Sharing;
  onChange: (sharing: Sharing) => void;
}) {
  return (
    <RadioGroup.Root
      aria-label="Who has it"
      orientation="horizontal"
      value={sharing}
      onValueChange={(value) => onChange(value as Sharing)}
      className="flex flex-wrap items-center gap-1"
    >
      {(['personal', 'shared'] as const).map((value) => {
        const Icon = ICONS[value];
        return (
          <RadioGroup.Item
            key={value}
            value={value}
            className={classNames(
              'inline-flex items-center gap-1.5 rounded-[7px] px-2.5 py-1 transition-colors duration-(--fast)',
              value === sharing
                ? 'bg-surface-3 font-semibold text-ink'
                : 'text-ink-2 hover:bg-surface-3/60 hover:text-ink',
            )}
          >
            <Icon aria-hidden size={14} strokeWidth={2} />
            {SHARING_WORDS[value]}
          </RadioGroup.Item>
        );
      })}
    </RadioGroup.Root>
  );
}
