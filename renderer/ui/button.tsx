import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { classNames } from './class-names.ts';
import { Tooltip } from './tooltip.tsx';

type ButtonLook = 'primary' | 'ink' | 'plain' | 'quiet' | 'danger';

const LOOKS: Readonly<Record<ButtonLook, string>> = {
  primary: 'bg-accent text-accent-ink border-accent hover:brightness-[1.06] font-semibold',
  ink: 'bg-ink text-surface border-ink hover:bg-ink/90 font-semibold',
  plain: 'bg-surface text-ink border-line-strong hover:bg-surface-3 shadow-paper font-medium',
  quiet: 'border-transparent text-ink-2 hover:bg-surface-3 hover:text-ink font-medium',
  danger: 'border-transparent text-danger hover:bg-danger-soft font-medium',
};

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: ButtonLook;
  readonly small?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({ look = 'plain', small, className, type, ...rest }: ButtonProps) {
  return (
    <button
      type={type ?? 'button'}
      className={classNames(
        'inline-flex shrink-0 items-center justify-center gap-2 whitespace-nowrap border transition-colors duration-(--fast)',
        'disabled:pointer-events-none disabled:border-transparent disabled:bg-surface-3 disabled:text-ink-3 disabled:shadow-none',
        small === true ? 'h-7 rounded-md px-2.5 text-sm' : 'h-8 rounded-lg px-3',
        LOOKS[look],
        className,
      )}
      {...rest}
    />
  );
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** What it does; the accessible name and the tooltip. */
  readonly label: string;
  readonly keys?: string;
  readonly children: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function IconButton({ label, keys, className, type, children, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} {...(keys === undefined ? {} : { keys })}>
      <button
        type={type ?? 'button'}
        aria-label={label}
        className={classNames(
          'inline-grid size-7 shrink-0 place-items-center rounded-md text-ink-2 transition-colors duration-(--fast)',
          'hover:bg-surface-3 hover:text-ink disabled:pointer-events-none disabled:opacity-50',
          'data-[state=open]:bg-surface-3 data-[state=open]:text-ink',
          className,
        )}
        {...rest}
      >
        {children}
      </button>
    </Tooltip>
  );
}
