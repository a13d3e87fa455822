import type { ReactNode } from 'react';

/** A place one can go to from the palette, or something one can do. */
export interface Choice {
  readonly group: 'place' | 'action';
  readonly name: string;
  readonly icon: ReactNode;
  readonly keys?: string;
  act(): void;
}
