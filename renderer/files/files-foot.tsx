import { X } from 'lucide-react';
import type { FileBrief } from '../../electron/core/api/files-contract.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { countOf, sizeWords } from '../ui/size-words.ts';
import { FileActItems } from './file-acts-menu.tsx';
import type { FileActs } from './use-file-acts.tsx';

/** How many are shown; with a selection, what can be done with it. */
export function FilesFoot({
  shown,
  selected,
  nameOf,
  acts,
  onPreview,
  onClear,
}: {
  shown: readonly FileBrief[];
  selected: readonly FileBrief[];
  nameOf: (id: string) => string | undefined;
  acts: FileActs;
  onPreview: (fileId: string) => void;
  onClear: () => void;
}) {
  const [first] = selected;
  const words = (files: readonly FileBrief[]) =>
    `${countOf(files.length, 'file')}, ${sizeWords(files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0))}`;
  if (first === undefined)
    return (
      <footer className="flex h-10 shrink-0 items-center border-t border-line px-6 text-sm text-ink-3 tabular-nums">
        {words(shown)}
      </footer>
    );
  const name = selected.length === 1 ? nameOf(first.id) : undefined;
  const possible = acts.possible(selected);
  return (
    <footer className="flex h-10 shrink-0 items-center gap-1 border-t border-line bg-surface-2 pr-4 pl-6 text-sm">
      <span className="min-w-0 truncate tabular-nums">
        {name === undefined ? `${words(selected)} selected` : <bdi>{name}</bdi>}
      </span>
      <span className="ml-auto flex shrink-0 items-center gap-1">
        {selected.length === 1 && (
          <Button small look="quiet" onClick={() => onPreview(first.id)}>
            Preview
          </Button>
        )}
        {possible.has('save') && (
          <Button small look="quiet" onClick={() => acts.perform('save', selected)}>
            Save
          </Button>
        )}
        {possible.has('zip') && (
          <Button
            small
            look="quiet"
            disabled={acts.isZipping}
            onClick={() => acts.perform('zip', selected)}
          >
            Save as zip
          </Button>
        )}
        {possible.has('make-visible') && (
          <Button small look="quiet" onClick={() => acts.perform('make-visible', selected)}>
            Make visible
          </Button>
        )}
        <Menu
          align="end"
          label="What to do with the selected files"
          trigger={
            <Button small look="quiet">
              More
            </Button>
          }
        >
          <FileActItems acts={acts} files={selected} />
        </Menu>
        <IconButton label="Select nothing" keys="Esc" onClick={onClear}>
          <X aria-hidden size={15} />
        </IconButton>
      </span>
    </footer>
  );
}
