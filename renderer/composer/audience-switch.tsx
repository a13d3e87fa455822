import { Eye, Lock } from 'lucide-react';
import { RadioGroup } from 'radix-ui';
import type { Audience } from '../records.ts';
import { classNames } from '../ui/class-names.ts';

const CHOICES = [
  {
    audience: 'internal',
    word: 'Internal note',
    icon: Lock,
    on: 'bg-internal text-internal-ink font-semibold',
    keys: 'Alt+1',
  },
  {
    audience: 'visible',
    word: 'Customer reply',
    icon: Eye,
    on: 'bg-visible text-visible-ink font-semibold',
    keys: 'Alt+2',
  },
] as const;

/** The two audiences. Never a third, never none. (C1) */
export function AudienceSwitch({
  audience,
  onChange,
  disabled,
}: {
  audience: Audience;
  onChange: (audience: Audience) => void;
  disabled: boolean;
}) {
  return (
    <RadioGroup.Root
      aria-label="Who will read it"
      orientation="horizontal"
      value={audience}
      onValueChange={(value) => onChange(value as Audience)}
      disabled={disabled}
      className="flex shrink-0 items-center gap-1"
    >
      {CHOICES.map(({ audience: value, word, icon: Icon, on, keys }) => (
        <RadioGroup.Item
          key={value}
          value={value}
          title={keys}
          className={classNames(
            'inline-flex items-center gap-1.5 rounded-[7px] px-2.5 py-1 transition-colors duration-(--fast)',
            value === audience ? on : 'text-ink-2 hover:bg-surface-3 hover:text-ink',
          )}
        >
          <Icon aria-hidden size={14} strokeWidth={2} />
          {word}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
