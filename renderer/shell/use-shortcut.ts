import { useEffect, useLayoutEffect, useRef } from 'react';

/** `mod` is Ctrl, or ⌘ on a Mac. Single letters are silent while something is typed or a window is open. */
export interface ShortcutKey {
  /** In lower case. */
  readonly key?: string;
  /** By place on the keyboard, where another character would come with Alt. */
  readonly code?: string;
  readonly mod?: boolean;
  readonly shift?: boolean;
  readonly alt?: boolean;
}

/**
 * Calls `onPress` when one of the keys is pressed anywhere in the window. `comesFirst` hears it before all others and, by
 * answering false, leaves it to them: for a key that means something else right after another one.
 */
export function useShortcut(
  keys: readonly ShortcutKey[],
  onPress: (event: KeyboardEvent) => unknown,
  comesFirst = false,
) {
  const latest = useRef({ keys, onPress });
  // With what is shown: a key that is pressed at once must not save what the window no longer lets be saved.
  useLayoutEffect(() => {
    latest.current = { keys, onPress };
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const hit = latest.current.keys.find((key) => matches(key, event));
      if (hit === undefined) return;
      const isPlain = hit.mod !== true && hit.alt !== true;
      if (isPlain && (isTyping(event.target) || isWindowOpen())) return;
      if (latest.current.onPress(event) !== false) event.preventDefault();
    };
    window.addEventListener('keydown', listen, comesFirst);
    return () => window.removeEventListener('keydown', listen, comesFirst);
  }, [comesFirst]);
}

function matches(wanted: ShortcutKey, event: KeyboardEvent): boolean {
  const shift = wanted.shift ?? (wanted.mod === true || wanted.alt === true ? false : undefined);
  return (
    (wanted.key === undefined || event.key.toLowerCase() === wanted.key) &&
    (wanted.code === undefined || event.code === wanted.code) &&
    (event.ctrlKey || event.metaKey) === (wanted.mod ?? false) &&
    event.altKey === (wanted.alt ?? false) &&
    (shift === undefined || event.shiftKey === shift)
  );
}

/** Whether a person has their hands on something that would be lost, or covered, were another page shown now. */
export function isBusy(): boolean {
  return isTyping(document.activeElement) || isWindowOpen();
}

export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]') !== null
  );
}

export function isWindowOpen(): boolean {
  return document.querySelector('[role=dialog], [role=alertdialog], [role=menu]') !== null;
}
