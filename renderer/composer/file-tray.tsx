import { MapPin, MapPinOff, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { DraftPictures } from '../../electron/core/api/files-contract.ts';
import { TypeMark } from '../attachments/type-mark.tsx';
import type { Intake } from '../attachments/use-intake.ts';
import type { DraftFile } from '../drafts/drafts.ts';
import type { Audience } from '../records.ts';
import { AUDIENCES } from '../ui/chip.tsx';
import { classNames } from '../ui/class-names.ts';
import { sizeWords } from '../ui/size-words.ts';
import { useQuery } from '../use-query.ts';

/** The files of a draft, each with its own audience, and those still being taken in. (D3) */
export function FileTray({
  files,
  intake,
  onAudience,
  onLocation,
  onRemove,
}: {
  files: readonly DraftFile[];
  intake: Intake;
  onAudience: (index: number, audience: Audience) => void;
  onLocation: (index: number, isKept: boolean) => void;
  onRemove: (index: number) => void;
}) {
  const { value: pictures = [] } = useQuery('files.pictures', {
    blobIds: files.map(({ blobId }) => blobId),
  });
  const end = useEndInSight(files, intake);
  if (files.length + intake.running.length + intake.refusals.length === 0) return null;
  return (
    <div className="px-3 pt-1">
      <ul aria-label="Files" className="flex flex-wrap gap-2 py-0.5">
        {files.map((file, index) => (
          <TrayFile
            key={`${file.blobId} ${index}`}
            file={file}
            pictures={pictures.find(({ blobId }) => blobId === file.blobId)}
            onAudience={(audience) => onAudience(index, audience)}
            onLocation={(isKept) => onLocation(index, isKept)}
            onRemove={() => onRemove(index)}
          />
        ))}
        {intake.running.map(({ key, name, share }) => (
          <li
            key={key}
            className="flex max-w-60 items-center gap-2 rounded-lg border border-line px-2 py-1 text-sm"
          >
            <span className="min-w-0 truncate">{name}</span>
            <span
              role="progressbar"
              aria-label={`Adding ${name}`}
              aria-valuenow={Math.round(share * 100)}
              className="h-1 w-14 shrink-0 overflow-hidden rounded-full bg-surface-3"
            >
              <span
                className="block h-full rounded-full bg-accent transition-[width] duration-(--fast)"
                style={{ width: `${share * 100}%` }}
              />
            </span>
          </li>
        ))}
      </ul>
      <Refusals intake={intake} />
      <div ref={end} />
    </div>
  );
}

/** What was just added, or refused, is scrolled to below a long text; a draft that is opened stays at its beginning. */
function useEndInSight(files: readonly DraftFile[], { running, refusals }: Intake) {
  const end = useRef<HTMLDivElement>(null);
  const added = files.length;
  const incoming = running.length + refusals.length;
  const before = useRef({ added, incoming });
  useEffect(() => {
    const hasGrown = added > before.current.added || incoming > before.current.incoming;
    const isIntake = incoming + before.current.incoming > 0;
    if (hasGrown && isIntake) end.current?.scrollIntoView({ block: 'nearest' });
    before.current = { added, incoming };
  }, [added, incoming]);
  return end;
}

/** Each says which file, why, and what to do. */
function Refusals({ intake }: { intake: Intake }) {
  const { refusals } = intake;
  if (refusals.length === 0) return null;
  return (
    <div className="mt-1.5 rounded-md bg-danger-soft text-sm text-danger">
      {refusals.length > 1 && (
        <p className="flex items-center gap-2 px-2.5 pt-1 font-semibold">
          {refusals.length} files were not added
          <button
            type="button"
            onClick={intake.dismissAll}
            className="ml-auto rounded-sm underline underline-offset-2"
          >
            Dismiss all
          </button>
        </p>
      )}
      {refusals.map(({ key, sentence }) => (
        <p key={key} role="alert" className="flex items-start gap-2 px-2.5 py-1">
          <span className="min-w-0 flex-1 text-pretty break-words">{sentence}</span>
          <button type="button" aria-label="Dismiss" onClick={() => intake.dismiss(key)}>
            <X aria-hidden size={14} className="mt-0.5" />
          </button>
        </p>
      ))}
    </div>
  );
}

function TrayFile({
  file,
  pictures,
  onAudience,
  onLocation,
  onRemove,
}: {
  file: DraftFile;
  pictures: DraftPictures | undefined;
  onAudience: (audience: Audience) => void;
  onLocation: (isKept: boolean) => void;
  onRemove: () => void;
}) {
  const isVisible = file.audience === 'visible';
  const { icon: Icon, ink } = AUDIENCES[file.audience];
  return (
    <li className="flex max-w-full min-w-0 items-center gap-2 rounded-lg border border-line py-1 pr-1 pl-1.5 text-sm">
      <TrayFace key={pictures?.thumbnailUrl} file={file} pictures={pictures} />
      <span className="max-w-44 min-w-0 truncate" title={file.name}>
        {file.name}
      </span>
      <span className="shrink-0 text-ink-3">{sizeWords(file.sizeBytes)}</span>
      <button
        type="button"
        role="switch"
        aria-checked={isVisible}
        aria-label={`${file.name}: visible to the customer`}
        title={isVisible ? 'Keep it internal' : 'Make it visible to the customer'}
        onClick={() => onAudience(isVisible ? 'internal' : 'visible')}
        className={classNames(
          'inline-flex shrink-0 items-center gap-1 rounded-md px-1.5 py-0.5 font-semibold hover:bg-surface-3',
          ink,
        )}
      >
        <Icon aria-hidden size={12} strokeWidth={2.2} />
        {isVisible ? 'Visible' : 'Internal only'}
      </button>
      {isVisible && pictures?.hasLocation === true && (
        <LocationSwitch file={file} onLocation={onLocation} />
      )}
      <button
        type="button"
        aria-label={`Remove ${file.name}`}
        onClick={onRemove}
        className="grid size-6 shrink-0 place-items-center rounded-md text-ink-3 hover:bg-surface-3 hover:text-ink"
      >
        <X aria-hidden size={13} />
      </button>
    </li>
  );
}

/** A photo tells where it was taken. The customer's copy does not, unless a person wants it to. (D6) */
function LocationSwitch({
  file,
  onLocation,
}: {
  file: DraftFile;
  onLocation: (isKept: boolean) => void;
}) {
  const isKept = file.keepsLocation === true;
  const Icon = isKept ? MapPin : MapPinOff;
  return (
    <button
      type="button"
      role="switch"
      aria-checked={!isKept}
      aria-label={`${file.name}: remove the location from the customer’s copy`}
      title={
        isKept
          ? 'The customer will see where this photo was taken. Remove the location'
          : 'The customer’s copy does not say where this photo was taken. Keep the location'
      }
      onClick={() => onLocation(!isKept)}
      className={classNames(
        'inline-flex shrink-0 items-center gap-1 rounded-md px-1.5 py-0.5 hover:bg-surface-3',
        isKept ? 'font-semibold text-warn' : 'text-ink-3',
      )}
    >
      <Icon aria-hidden size={12} strokeWidth={2.2} />
      {isKept ? 'With location' : 'No location'}
    </button>
  );
}

/** A picture of it, once there is one; the letters of its type until then. */
function TrayFace({ file, pictures }: { file: DraftFile; pictures: DraftPictures | undefined }) {
  const [isBroken, setIsBroken] = useState(false);
  if (pictures != null && pictures.thumbnailUrl !== null && !isBroken)
    return (
      <img
        src={pictures.thumbnailUrl}
        alt=""
        onError={() => setIsBroken(true)}
        className="size-[26px] rounded-sm bg-surface-3 object-cover"
      />
    );
  return (
    <span
      title={pictures?.problem == null ? undefined : `No preview: ${pictures.problem}`}
      className="grid h-[26px] min-w-[26px] place-items-center rounded-sm bg-surface-3 px-1 text-ink-3 [&>span]:text-[9px]"
    >
      <TypeMark name={file.name} />
    </span>
  );
}
