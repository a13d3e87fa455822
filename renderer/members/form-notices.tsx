import { Notice } from '../ui/notice.tsx';

/** In a form that needs the server: what was typed stays. */
export function FormNotices({
  isOffline,
  sentence,
}: {
  isOffline: boolean;
  sentence: string | null;
}) {
  return (
    <>
      {isOffline && (
        <Notice look="warn">
          You are offline, and this needs the server. What you typed stays here until you are back.
        </Notice>
      )}
      {sentence !== null && <Notice look="danger">{sentence}</Notice>}
    </>
  );
}
