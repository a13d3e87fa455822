import type { Hue } from '../records.ts';
import { HueDot } from '../ui/hue-dot.tsx';
import { Menu, MenuChoice, MenuChoices } from '../ui/menu.tsx';
import { HUES } from './pipeline-draft.ts';

export const hueName = (hue: Hue): string => hue.charAt(0).toUpperCase() + hue.slice(1);

export function HueMenu({
  label,
  hue,
  disabled,
  onChange,
}: {
  label: string;
  hue: Hue;
  disabled?: boolean;
  onChange: (hue: Hue) => void;
}) {
  const trigger = (
    <button
      type="button"
      disabled={disabled}
      aria-label={`${label}: ${hueName(hue)}`}
      title={hueName(hue)}
      className="grid size-[34px] shrink-0 place-items-center rounded-lg border border-line-strong bg-surface shadow-paper hover:border-ink-3 disabled:opacity-60"
    >
      <HueDot hue={hue} className="size-3" />
    </button>
  );
  return (
    <Menu trigger={trigger} label={label}>
      <MenuChoices value={hue} onChange={(value) => onChange(value as Hue)}>
        {HUES.map((each) => (
          <MenuChoice key={each} value={each}>
            <HueDot hue={each} className="size-2.5" /> {hueName(each)}
          </MenuChoice>
        ))}
      </MenuChoices>
    </Menu>
  );
}
