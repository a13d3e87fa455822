import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

export const MENU_ITEM =
  'relative flex min-h-7 items-center gap-2 rounded-md px-2 py-1 outline-none select-none data-[disabled]:opacity-50 data-[highlighted]:bg-surface-3';

export const MENU_WINDOW =
  'z-50 max-w-80 min-w-52 animate-float-in overflow-y-auto rounded-[10px] border border-line bg-surface p-1 shadow-float';
export const MENU_LINE = 'mx-1 my-1 h-px bg-line';

/** A button that opens a list of choices. `trigger` is the button. */
export function Menu({
  trigger,
  label,
  align = 'start',
  onClosed,
  children,
}: {
  trigger: ReactNode;
  label: string;
  align?: 'start' | 'end';
  /** Before the button gets the focus back, which `preventDefault` keeps where it is. */
  onClosed?: (event: Event) => void;
  children: ReactNode;
}) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          aria-label={label}
          align={align}
          sideOffset={5}
          collisionPadding={10}
          {...(onClosed === undefined ? {} : { onCloseAutoFocus: onClosed })}
          className={classNames(
            MENU_WINDOW,
            'max-h-(--radix-dropdown-menu-content-available-height)',
          )}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export function MenuHeading({ children }: { children: ReactNode }) {
  return (
    <DropdownMenu.Label className="px-2 pt-1.5 pb-1 text-xs font-semibold text-ink-3">
      {children}
    </DropdownMenu.Label>
  );
}

export function MenuLine() {
  return <DropdownMenu.Separator className={MENU_LINE} />;
}

export function MenuItem({
  onSelect,
  icon,
  children,
}: {
  onSelect: () => void;
  icon?: ReactNode;
  children: ReactNode;
}) {
  return (
    <DropdownMenu.Item className={MENU_ITEM} onSelect={onSelect}>
      {icon !== undefined && <span className="text-ink-3">{icon}</span>}
      {children}
    </DropdownMenu.Item>
  );
}

/** One of several; the marked one stands. */
export function MenuChoices({
  value,
  onChange,
  children,
}: {
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
}) {
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={onChange}>
      {children}
    </DropdownMenu.RadioGroup>
  );
}

export function MenuChoice({ value, children }: { value: string; children: ReactNode }) {
  return (
    <DropdownMenu.RadioItem value={value} className={classNames(MENU_ITEM, 'pr-8')}>
      {children}
      <Mark />
    </DropdownMenu.RadioItem>
  );
}

/** Any number of several; the menu stays open. */
export function MenuCheck({
  checked,
  onChange,
  children,
}: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}) {
  return (
    <DropdownMenu.CheckboxItem
      checked={checked}
      onCheckedChange={onChange}
      onSelect={(event) => event.preventDefault()}
      className={classNames(MENU_ITEM, 'pr-8')}
    >
      {children}
      <Mark />
    </DropdownMenu.CheckboxItem>
  );
}

function Mark() {
  return (
    <DropdownMenu.ItemIndicator className="absolute right-2">
      <Check aria-hidden size={15} />
    </DropdownMenu.ItemIndicator>
  );
}
