import { VisuallyHidden } from 'radix-ui';
import type { ReactNode } from 'react';

/** Heard, not seen. */
export function Spoken({ children }: { children: ReactNode }) {
  return <VisuallyHidden.Root>{children}</VisuallyHidden.Root>;
}

/** Says its words aloud when they change, without moving the focus. */
export function LiveRegion({ children }: { children: string }) {
  return (
    <VisuallyHidden.Root role="status" aria-live="polite">
      {children}
    </VisuallyHidden.Root>
  );
}
