import type { InboxFolder } from '../../electron/core/api/inbox-contract.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { countOf } from '../ui/size-words.ts';
import { useRequest } from '../use-request.ts';

/** What a person should know of the watched folders: one that is gone, files that were there before. */
export function FolderNotices({ folders }: { folders: readonly InboxFolder[] }) {
  const showEarlier = useRequest('watched-folders.show-earlier');
  const notices = folders.filter(
    ({ state, earlierCount }) => state !== 'watched' || earlierCount > 0,
  );
  if (notices.length === 0) return null;
  return (
    <div className="grid gap-1.5 border-b border-line px-6 py-3">
      {notices.map(({ folderId, path, state, earlierCount }) =>
        state === 'watched' ? (
          <Notice key={folderId} look="calm">
            <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className="min-w-0 flex-1 break-words">
                {countOf(earlierCount, 'file')} lay in {path} before it was watched.
              </span>
              <Button small onClick={() => void showEarlier.send({ folderId })}>
                Show {earlierCount === 1 ? 'it' : 'them'}
              </Button>
            </span>
          </Notice>
        ) : (
          <Notice key={folderId} look="warn">
            {state === 'missing'
              ? `${path} is not there now. Docket looks for it again by itself.`
              : `Docket may not look into ${path}. Change its permissions.`}
          </Notice>
        ),
      )}
    </div>
  );
}
