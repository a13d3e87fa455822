import { X } from 'lucide-react';
import { useState } from 'react';
import { TypeMark } from '../attachments/type-mark.tsx';
import type { Intake } from '../attachments/use-intake.ts';
import type { DraftFile } from '../drafts/drafts.ts';
import type { Audience } from '../records.ts';
import { AUDIENCES } from '../ui/chip.tsx';
import { classNames } from '../ui/class-names.ts';
import { sizeWords } from '../ui/size-words.ts';

/** The files of a draft, each with its own audience, and those still being taken in. (D3) */
export function FileTray({
  files,
  intake,
  onAudience,
  onRemove,
}: {
  files: readonly DraftFile[];
  intake: Intake;
  onAudience: (index: number, audience: Audience) => void;
  onRemove: (index: number) => void;
}) {
  if (files.length + intake.running.length + intake.refusals.length === 0) return null;
  return (
    <div className="px-3 pt-1">
      <ul aria-label="Files" className="flex max-h-[132px] flex-wrap gap-2 overflow-y-auto py-0.5">
        {files.map((file, index) => (
          <TrayFile
            key={`${file.blobId} ${index}`}
            file={file}
            onAudience={(audience) => onAudience(index, audience)}
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
      {intake.refusals.map(({ key, sentence }) => (
        <p
          key={key}
          role="alert"
          className="mt-1.5 flex items-start gap-2 rounded-md bg-danger-soft px-2.5 py-1 text-sm text-danger"
        >
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
  onAudience,
  onRemove,
}: {
  file: DraftFile;
  onAudience: (audience: Audience) => void;
  onRemove: () => void;
}) {
  const isVisible = file.audience === 'visible';
  const { icon: Icon, ink } = AUDIENCES[file.audience];
  return (
    <li className="flex max-w-full min-w-0 items-center gap-2 rounded-lg border border-line py-1 pr-1 pl-1.5 text-sm">
      <TrayFace file={file} />
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

/** The host shows the bytes of a file that is not posted yet under its blob's name. */
function TrayFace({ file }: { file: DraftFile }) {
  const [isBroken, setIsBroken] = useState(false);
  if (isShowable(file) && !isBroken)
    return (
      <img
        src={`/files/${file.blobId}`}
        alt=""
        onError={() => setIsBroken(true)}
        className="size-[26px] rounded-sm bg-surface-3 object-cover"
      />
    );
  return (
    <span className="grid h-[26px] min-w-[26px] place-items-center rounded-sm bg-surface-3 px-1 text-ink-3 [&>span]:text-[9px]">
      <TypeMark name={file.name} />
    </span>
  );
}

const isShowable = ({ mediaType }: DraftFile) =>
  /^image\/(png|jpeg|gif|webp|bmp|avif)$/.test(mediaType);
