import { useState } from 'react';
import type { BlobId, Hue, Workspace } from '../records.ts';
import { classNames } from '../ui/class-names.ts';
import { HUE_FILLS } from '../ui/hue-dot.tsx';
import { useQuery } from '../use-query.ts';

export interface OfficeLook {
  readonly name: string;
  readonly hue: Hue | null;
  readonly logoBlobId: BlobId | null;
}

export const lookOf = ({ name, hue, logoBlobId }: Workspace): OfficeLook => ({
  name,
  hue: hue ?? null,
  logoBlobId: logoBlobId ?? null,
});

/** Logo and name as they stand on top of every page of the portal. */
export function OfficeMark({ look }: { look: OfficeLook }) {
  return (
    <p className="flex min-w-0 items-center gap-2.5 font-semibold">
      {look.logoBlobId === null ? (
        <Initial look={look} />
      ) : (
        <Logo look={look} id={look.logoBlobId} />
      )}
      <bdi className="truncate">{look.name}</bdi>
    </p>
  );
}

/** The first letter of the name, on the office's colour. */
export function Initial({ look: { name, hue } }: { look: OfficeLook }) {
  return (
    <span
      aria-hidden
      className={classNames(
        'grid size-8 shrink-0 place-items-center rounded-[9px] text-surface',
        hue === null ? 'bg-ink' : HUE_FILLS[hue],
      )}
    >
      {[...name][0]?.toUpperCase()}
    </span>
  );
}

/** Until a logo that was chosen on another device is here, the letter stands in for it. */
function Logo({ look, id }: { look: OfficeLook; id: BlobId }) {
  const { value } = useQuery('files.pictures', { blobIds: [id] });
  const [isBroken, setIsBroken] = useState(false);
  const url = value?.[0]?.thumbnailUrl ?? null;
  if (url === null || isBroken) return <Initial look={look} />;
  return (
    <img
      src={url}
      alt=""
      className="h-9 max-w-[140px] shrink-0 rounded-md object-contain"
      onError={() => setIsBroken(true)}
    />
  );
}
