import { Confirm } from '../ui/dialog.tsx';
import { countOf } from '../ui/size-words.ts';
import { useQuery } from '../use-query.ts';
import { useRequest } from '../use-request.ts';

/** Signing out where one sits keeps everything for the next sign-in, and says so. */
export function SignOutHere({ onClose }: { onClose: () => void }) {
  const { value: sync } = useQuery('sync', {});
  const signOut = useRequest('session.sign-out');
  const waiting = sync?.waiting ?? 0;
  return (
    <Confirm
      title="Sign out here?"
      action="Sign out"
      keep="Stay signed in"
      onConfirm={() => void signOut.send({})}
      onClose={onClose}
    >
      What this device holds stays on it for your next sign-in.
      {waiting > 0 &&
        ` ${countOf(waiting, 'item')} not sent yet ${waiting === 1 ? 'goes' : 'go'} out only after that.`}{' '}
      To have it removed, sign this device out from another one, or ask an admin.
    </Confirm>
  );
}
