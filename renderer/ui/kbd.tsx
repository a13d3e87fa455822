import { classNames } from './class-names.ts';

const isMac = () => navigator.platform.startsWith('Mac');

/** Keys as this system writes them: `Ctrl` becomes ⌘ and `Alt` becomes ⌥ on a Mac. */
function keysHere(keys: string): string {
  if (!isMac()) return keys;
  return keys.replaceAll('Ctrl', '⌘').replaceAll('Alt', '⌥').replaceAll('Shift', '⇧');
}

export function Kbd({ children, inverse }: { children: string; inverse?: boolean }) {
  return (
    <kbd
      className={classNames(
        'inline-block rounded-xs border px-1 font-sans text-xs leading-[15px] whitespace-nowrap',
        inverse === true
          ? 'border-current/40 text-current/85'
          : 'border-line border-b-2 bg-surface text-ink-3',
      )}
    >
      {keysHere(children)}
    </kbd>
  );
}
