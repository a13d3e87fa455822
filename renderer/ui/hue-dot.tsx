import type { Hue } from '../records.ts';
import { classNames } from './class-names.ts';

/** Literal names: Tailwind finds a class only where it is written out. */
export const HUE_FILLS: Readonly<Record<Hue, string>> = {
  blue: 'bg-(--hue-blue)',
  amber: 'bg-(--hue-amber)',
  green: 'bg-(--hue-green)',
  violet: 'bg-(--hue-violet)',
  rose: 'bg-(--hue-rose)',
  teal: 'bg-(--hue-teal)',
  slate: 'bg-(--hue-slate)',
  orange: 'bg-(--hue-orange)',
};

export function HueDot({ hue, className }: { hue: Hue; className?: string }) {
  return (
    <span
      aria-hidden
      className={classNames('size-2 shrink-0 rounded-full', HUE_FILLS[hue], className)}
    />
  );
}
