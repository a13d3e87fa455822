import { Eye, MapPinOff } from 'lucide-react';
import { Checkbox } from 'radix-ui';
import { useId, useState } from 'react';
import { toast } from 'sonner';
import type { JobPage } from '../../electron/core/api/jobs-contract.ts';
import type { FileRow } from '../../electron/core/api/files-contract.ts';
import { stageIn } from '../shell/office.tsx';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Dialog, DialogFoot } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { countOf, sizeWords } from '../ui/size-words.ts';
import { useRequest } from '../use-request.ts';
import { FileFace } from './file-face.tsx';

/** Making files visible is an act of its own: it shows them, names who will read them, and Esc changes nothing. (C2, D3) */
export function WidenFiles({
  page,
  files,
  onClose,
}: {
  page: JobPage;
  files: readonly FileRow[];
  onClose: () => void;
}) {
  const { name } = page.customer;
  const [removesPlace, setRemovesPlace] = useState(true);
  const request = useRequest('files.change-audience');
  const [first] = files;
  const isOne = files.length === 1;
  const hasPhotos = files.some(mayTellPlace);
  const isHidden = stageIn(page.pipeline, page.job.stageId)?.visibleToCustomer !== true;

  const makeVisible = async () => {
    for (const file of files) {
      const done = await request.send({
        attachmentId: file.id,
        audience: 'visible',
        fromName: file.name,
        keepsLocation: !removesPlace && mayTellPlace(file),
        seenVersion: page.seenVersion,
      });
      if (done === undefined) return;
    }
    toast(isOne ? 'Made visible' : `${countOf(files.length, 'file')} made visible`);
    onClose();
  };
  if (first === undefined) return null;
  return (
    <Dialog
      title={`Make ${isOne ? 'this file' : countOf(files.length, 'file')} visible to ${name}?`}
      description={`${name} will see ${isOne ? 'it' : 'them'} in the portal and can download ${isOne ? 'it' : 'them'}. What was downloaded cannot be taken back.`}
      onClose={onClose}
    >
      <div className="grid min-h-0 grid-cols-[minmax(0,1fr)] gap-3 overflow-y-auto px-5 pb-4">
        {isOne ? (
          <figure className="overflow-hidden rounded-[10px] border-[1.5px] border-visible-line">
            <FileFace file={first} className="h-56 w-full" isLarge />
            <figcaption className="flex gap-2 border-t border-line px-3 py-2">
              <bdi className="min-w-0 flex-1 font-medium break-words">{first.name}</bdi>
              <span className="shrink-0 text-ink-3">
                {first.typeName} · {sizeWords(first.sizeBytes)}
              </span>
            </figcaption>
          </figure>
        ) : (
          <ul className="grid max-h-72 auto-rows-max grid-cols-4 gap-2 overflow-y-auto">
            {files.map((file) => (
              <li key={file.id} className="overflow-hidden rounded-lg border border-visible-line">
                <FileFace file={file} className="h-16 w-full" />
                <bdi className="block truncate px-1.5 py-1 text-xs" title={file.name}>
                  {file.name}
                </bdi>
              </li>
            ))}
          </ul>
        )}
        {hasPhotos && <PlaceSwitch isOn={removesPlace} onChange={setRemovesPlace} />}
        {isHidden && (
          <Notice look="calm">
            {name} cannot see this job now, and will see {isOne ? 'it' : 'them'} when it moves to a
            visible stage.
          </Notice>
        )}
        {request.sentence !== null && (
          <Notice look="danger">Not made visible. {request.sentence}</Notice>
        )}
      </div>
      <DialogFoot>
        <Button
          className="mr-auto max-w-[70%] min-w-0 shrink"
          disabled={request.busy}
          onClick={() => void makeVisible()}
        >
          <Eye aria-hidden size={15} className="shrink-0" />
          <span className="truncate">Make visible to {name}</span>
        </Button>
        <Button look="primary" onClick={onClose}>
          Keep internal
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

/** Known to hold a place, or not looked into yet. */
const mayTellPlace = ({ hasLocation }: FileRow) => hasLocation !== false;

/** On unless a person says otherwise: a photo tells where it was taken. (D6) */
export function PlaceSwitch({
  isOn,
  onChange,
}: {
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}) {
  const id = useId();
  return (
    <div className="flex items-start gap-2.5">
      <Checkbox.Root
        id={id}
        checked={isOn}
        onCheckedChange={(checked) => onChange(checked === true)}
        className={classNames(
          'mt-0.5 grid size-4 shrink-0 place-items-center rounded-sm border',
          isOn ? 'border-accent bg-accent text-accent-ink' : 'border-line-strong bg-surface',
        )}
      >
        <Checkbox.Indicator>
          <MapPinOff aria-hidden size={11} strokeWidth={2.4} />
        </Checkbox.Indicator>
      </Checkbox.Root>
      <label htmlFor={id}>
        <span className="block font-medium">Remove where photos were taken</span>
        <span className="block text-sm text-ink-3">
          The customer gets them without the place. Your team keeps the original.
        </span>
      </label>
    </div>
  );
}
