import { FolderOpen, X } from 'lucide-react';
import { type SubmitEvent, useEffect, useId, useState } from 'react';
import type { InboxFolder } from '../../electron/core/api/inbox-contract.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { countOf } from '../ui/size-words.ts';
import { useRequest } from '../use-request.ts';

/** Which folders are watched; adding and taking off. */
export function FoldersDialog({
  folders,
  onClose,
}: {
  folders: readonly InboxFolder[];
  onClose: () => void;
}) {
  const remove = useRequest('watched-folders.remove');
  return (
    <Dialog
      title="Watched folders"
      description="What arrives in these folders on this computer stands in the Inbox. Nothing in them is changed."
      onClose={onClose}
    >
      <div className="overflow-y-auto px-5 pb-5">
        {folders.length > 0 && (
          <ul aria-label="Watched folders" className="mb-4 border-t border-line">
            {folders.map(({ folderId, path, state, newCount }) => (
              <li key={folderId} className="flex items-center gap-2.5 border-b border-line py-2">
                <FolderOpen aria-hidden size={16} className="shrink-0 text-ink-3" />
                <span className="min-w-0 flex-1">
                  <span className="block font-medium break-words">{path}</span>
                  <span className="block text-sm text-ink-3">
                    {state === 'watched'
                      ? newCount === 0
                        ? 'Nothing new'
                        : countOf(newCount, 'new file')
                      : 'Cannot be reached now'}
                  </span>
                </span>
                <IconButton
                  label={`Stop watching ${path}`}
                  onClick={() => void remove.send({ folderId })}
                >
                  <X aria-hidden size={15} />
                </IconButton>
              </li>
            ))}
          </ul>
        )}
        <AddFolder />
      </div>
    </Dialog>
  );
}

function AddFolder() {
  const [path, setPath] = useState('');
  const add = useRequest('watched-folders.add');
  const suggestions = useSuggestions(path);
  const listId = useId();
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const added = await add.send({ path });
    if (added !== undefined) setPath('');
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="flex items-start gap-2">
      <TextField
        label="Folder"
        className="min-w-0 flex-1"
        placeholder="~/Scans"
        value={path}
        list={listId}
        autoFocus
        autoComplete="off"
        spellCheck={false}
        error={add.sentence}
        hint="Type the beginning; folders that fit are offered."
        onChange={(event) => {
          add.clear();
          setPath(event.target.value);
        }}
      />
      <datalist id={listId}>
        {suggestions.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <Button
        look="primary"
        type="submit"
        className="mt-[22px]"
        disabled={path.trim() === '' || add.busy}
      >
        Watch
      </Button>
    </form>
  );
}

/** Follows what is typed; an answer that comes late is not shown. */
function useSuggestions(path: string): readonly string[] {
  const { send } = useRequest('watched-folders.suggest');
  const [paths, setPaths] = useState<readonly string[]>([]);
  useEffect(() => {
    let isLate = false;
    void send({ path }).then((answer) => {
      if (!isLate && answer !== undefined) setPaths(answer.paths);
    });
    return () => {
      isLate = true;
    };
  }, [path, send]);
  return paths;
}
