import type { Hue } from '../records.ts';
import { classNames } from './class-names.ts';

/** Green is kept for customers, so that a glance down the feed tells who is from outside. */
const MEMBER_HUES: readonly Hue[] = ['blue', 'orange', 'violet', 'slate', 'rose', 'amber'];

const FILLS: Readonly<Partial<Record<Hue, string>>> = {
  blue: 'bg-[color-mix(in_srgb,var(--hue-blue)_82%,var(--ink))]',
  orange: 'bg-[color-mix(in_srgb,var(--hue-orange)_82%,var(--ink))]',
  violet: 'bg-[color-mix(in_srgb,var(--hue-violet)_82%,var(--ink))]',
  slate: 'bg-[color-mix(in_srgb,var(--hue-slate)_82%,var(--ink))]',
  rose: 'bg-[color-mix(in_srgb,var(--hue-rose)_82%,var(--ink))]',
  amber: 'bg-[color-mix(in_srgb,var(--hue-amber)_82%,var(--ink))]',
};

/** Decoration beside a written name; the same person has the same colour everywhere. */
export function Avatar({
  id,
  name,
  isCustomer,
  small,
}: {
  id: string;
  name: string;
  isCustomer?: boolean;
  small?: boolean;
}) {
  return (
    <span
      aria-hidden
      className={classNames(
        'grid shrink-0 place-items-center font-semibold text-surface select-none',
        small === true ? 'size-5 text-[9px]' : 'size-7 text-xs',
        isCustomer === true ? 'rounded-lg bg-customer-ink' : 'rounded-full',
        isCustomer !== true && FILLS[hueOf(id)],
      )}
    >
      {initialsOf(name)}
    </span>
  );
}

function hueOf(id: string): Hue {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9_973;
  return MEMBER_HUES[sum % MEMBER_HUES.length] ?? 'slate';
}

/** "Mara Kühn" is MK, "CityRent" is C. Whole characters, so that no emoji or accent is cut. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  const first = words.at(0);
  const last = words.length > 1 ? words.at(-1) : undefined;
  return [first, last]
    .map((word) => (word === undefined ? '' : [...word][0]))
    .join('')
    .toUpperCase();
}
