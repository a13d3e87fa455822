import type { Timers } from '../timers.ts';

/** Hands on at once, and then at most once in a span, which may differ each time: of what comes in between, the newest. */
export function atMostOnceIn<T>(
  { spanMs, after }: { spanMs(): number; readonly after: Timers['after'] },
  handOn: (value: T) => void,
): { tell(value: T): void; stop(): void } {
  let cancel: (() => void) | undefined;
  let held: { readonly value: T } | undefined;
  const tell = (value: T) => {
    if (cancel !== undefined) {
      held = { value };
      return;
    }
    handOn(value);
    cancel = after(spanMs(), () => {
      cancel = undefined;
      if (held === undefined) return;
      const { value: newest } = held;
      held = undefined;
      tell(newest);
    });
  };
  return { tell, stop: () => cancel?.() };
}
