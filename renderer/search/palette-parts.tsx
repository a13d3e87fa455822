import { Command } from 'cmdk';
import type { ReactNode } from 'react';
import { Kbd } from '../ui/kbd.tsx';

const GROUP =
  '[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-semibold [&_[cmdk-group-heading]]:text-ink-3';

export function PaletteGroup({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group heading={heading} className={GROUP}>
      {children}
    </Command.Group>
  );
}

export function PaletteItem({
  value,
  onSelect,
  keys,
  children,
}: {
  value: string;
  onSelect: () => void;
  keys?: string;
  children: ReactNode;
}) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex min-h-9 items-center gap-2.5 rounded-lg px-2.5 py-1.5 data-[selected=true]:bg-surface-3"
    >
      {children}
      {keys !== undefined && <Kbd>{keys}</Kbd>}
    </Command.Item>
  );
}
