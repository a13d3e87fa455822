import type { ReactNode } from 'react';
import { classNames } from '../ui/class-names.ts';
import { HUE_FILLS } from '../ui/hue-dot.tsx';
import { Initial, OfficeMark, type OfficeLook } from './office-mark.tsx';

/** What becomes of name, colour and logo, before anybody else sees it: the top of a portal page and of a mail. (E1) */
export function LookPreview({ look }: { look: OfficeLook }) {
  return (
    <section
      aria-label="What customers see"
      className="overflow-hidden rounded-xl border border-line bg-bg shadow-paper"
    >
      <h2 className="border-b border-line bg-surface-2 px-4 py-2 text-sm font-semibold text-ink-2">
        What customers see
      </h2>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 px-4 py-4">
        <div>
          <p className="mb-1.5 text-xs font-medium text-ink-3">In the portal</p>
          <div className="rounded-lg border border-line bg-surface px-3.5 py-3">
            <OfficeMark look={look} />
            <span aria-hidden className="mt-4 block h-2.5 w-3/5 rounded-full bg-surface-3" />
            <span aria-hidden className="mt-2 block h-2.5 w-2/5 rounded-full bg-surface-3" />
            <Pressed look={look}>Send to {look.name}</Pressed>
          </div>
        </div>
        <div>
          <p className="mb-1.5 text-xs font-medium text-ink-3">In a mail</p>
          <div className="rounded-lg border border-line bg-surface px-3.5 py-3">
            <p className="flex min-w-0 items-center gap-2.5 font-semibold">
              <Initial look={look} />
              <bdi className="truncate">{look.name}</bdi>
            </p>
            <p className="mt-3 text-ink-2">Hello Anna, there is news on your job.</p>
            <Pressed look={{ ...look, hue: look.hue ?? 'blue' }}>Open the job</Pressed>
          </div>
        </div>
      </div>
    </section>
  );
}

/** A button as it will look; it is a picture of one. */
function Pressed({ look, children }: { look: OfficeLook; children: ReactNode }) {
  return (
    <span
      className={classNames(
        'mt-4 inline-block max-w-full truncate rounded-lg px-3.5 py-1.5 font-semibold text-surface',
        look.hue === null ? 'bg-accent' : HUE_FILLS[look.hue],
      )}
    >
      {children}
    </span>
  );
}
