/** How much of the space is used; what the office does not have stands first, in its own colour. */
export function UseBar({
  usedBytes,
  unsentBytes,
  budgetBytes,
}: {
  usedBytes: number;
  unsentBytes: number;
  budgetBytes: number;
}) {
  const whole = Math.max(budgetBytes, usedBytes, 1);
  const percent = (bytes: number) => `${(bytes / whole) * 100}%`;
  return (
    <span
      role="meter"
      aria-label="Space used by files"
      aria-valuemin={0}
      aria-valuemax={budgetBytes}
      aria-valuenow={Math.min(usedBytes, budgetBytes)}
      className="mt-3 flex h-2 overflow-hidden rounded-full bg-surface-3"
    >
      <span className="block h-full bg-warn" style={{ width: percent(unsentBytes) }} />
      <span
        className="block h-full bg-accent transition-[width] duration-(--calm)"
        style={{ width: percent(usedBytes - unsentBytes) }}
      />
    </span>
  );
}
