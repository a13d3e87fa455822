/** Hands on at once, and then at most once in `spanMs`: of what comes in between, the newest. */
export function atMostOnceIn<T>(
  spanMs: number,
  handOn: (value: T) => void,
): { tell(value: T): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let held: { readonly value: T } | undefined;
  const tell = (value: T) => {
    if (timer !== undefined) {
      held = { value };
      return;
    }
    handOn(value);
    timer = setTimeout(() => {
      timer = undefined;
      if (held === undefined) return;
      const { value: newest } = held;
      held = undefined;
      tell(newest);
    }, spanMs);
  };
  return { tell, stop: () => clearTimeout(timer) };
}
