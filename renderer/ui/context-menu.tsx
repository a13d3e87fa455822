import { ContextMenu as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { MENU_ITEM, MENU_LINE, MENU_WINDOW } from './menu.tsx';

/** Choices at the pointer, or where the menu key was pressed. */
export function ContextMenu({
  label,
  trigger,
  children,
}: {
  label: string;
  trigger: ReactNode;
  children: ReactNode;
}) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          collisionPadding={10}
          className={classNames(
            MENU_WINDOW,
            'max-h-(--radix-context-menu-content-available-height)',
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function ContextItem({
  onSelect,
  icon,
  children,
}: {
  onSelect: () => void;
  icon: ReactNode;
  children: ReactNode;
}) {
  return (
    <Radix.Item className={MENU_ITEM} onSelect={onSelect}>
      <span className="text-ink-3">{icon}</span>
      {children}
    </Radix.Item>
  );
}

export function ContextLine() {
  return <Radix.Separator className={MENU_LINE} />;
}
