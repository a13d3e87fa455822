import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { classNames } from './class-names.ts';
import { countWords } from './size-words.ts';

interface FilterPillProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly isOn: boolean;
  /** Opens a menu instead of being pressed itself. */
  readonly isMenu?: boolean;
  readonly children: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function FilterPill({ isOn, isMenu, children, className, ...rest }: FilterPillProps) {
  return (
    <button
      type="button"
      {...(isMenu === true ? {} : { 'aria-pressed': isOn })}
      className={classNames(
        'inline-flex shrink-0 items-center gap-1.5 rounded-full border px-2.5 py-px max-[1100px]:px-2 text-sm leading-5 whitespace-nowrap transition-colors duration-(--fast)',
        isOn
          ? 'border-ink bg-ink text-surface'
          : 'border-line text-ink-2 hover:border-line-strong hover:text-ink data-[state=open]:border-ink-3',
        className,
      )}
      {...rest}
    >
      {children}
    </button>
  );
}

/** How many would stay; nothing while that is not known. */
export function PillCount({ value, isOn }: { value: number | undefined; isOn: boolean }) {
  if (value === undefined) return null;
  return (
    <span className={classNames('tabular-nums', isOn ? 'text-surface/80' : 'text-ink-3')}>
      {countWords(value)}
    </span>
  );
}
