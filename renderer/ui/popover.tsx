import { Popover as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

/** A small window at its button. */
export function Popover({
  trigger,
  label,
  align = 'start',
  side,
  open,
  onOpenChange,
  className,
  children,
}: {
  trigger: ReactNode;
  label: string;
  align?: 'start' | 'end';
  side?: 'top' | 'right' | 'bottom';
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  className?: string;
  children: ReactNode;
}) {
  return (
    <Radix.Root
      {...(open === undefined ? {} : { open })}
      {...(onOpenChange === undefined ? {} : { onOpenChange })}
    >
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align={align}
          {...(side === undefined ? {} : { side })}
          onOpenAutoFocus={(event) => {
            // The window itself, not its first button: Enter right after opening must do nothing.
            event.preventDefault();
            if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
          }}
          sideOffset={6}
          collisionPadding={10}
          className={classNames(
            'z-50 animate-float-in overflow-hidden rounded-xl border border-line bg-surface shadow-float outline-none',
            className,
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
