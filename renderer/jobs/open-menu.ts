/** Radix opens a menu on pointer down or on the arrow key; the key keeps the first item focused. */
export function openMenu(button: HTMLButtonElement | null) {
  button?.focus();
  button?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
}
