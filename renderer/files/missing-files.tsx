import { Button } from '../ui/button.tsx';
import { Dialog, DialogFoot } from '../ui/dialog.tsx';
import { countOf } from '../ui/size-words.ts';
import { saveFile } from './save-file.ts';

/** A zip that cannot hold everything says so before it is saved. (D9) */
export function MissingFiles({
  url,
  missing,
  onClose,
}: {
  url: string | null;
  missing: readonly string[];
  onClose: () => void;
}) {
  return (
    <Dialog
      title={`${countOf(missing.length, 'file is', 'files are')} not in this zip`}
      description="They are not on this device and could not be fetched, or nobody has looked into them yet for the place a photo was taken. Try again when you are online."
      onClose={onClose}
    >
      <ul className="max-h-60 overflow-y-auto px-5 pb-4">
        {missing.map((name, index) => (
          <li key={`${index} ${name}`} className="border-t border-line py-1.5 break-words">
            <bdi>{name}</bdi>
          </li>
        ))}
      </ul>
      <DialogFoot>
        <Button onClick={onClose}>Cancel</Button>
        {url !== null && (
          <Button
            look="primary"
            onClick={() => {
              saveFile(url);
              onClose();
            }}
          >
            Save the others
          </Button>
        )}
      </DialogFoot>
    </Dialog>
  );
}
