/** Docket's sign: a D on a rounded square. Decoration beside the name. */
export function DocketMark({ className }: { className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 32 32" className={className}>
      <rect width="32" height="32" rx="8" fill="var(--ink)" />
      <path
        d="M10 8h6.2c4.9 0 7.8 3 7.8 8s-2.9 8-7.8 8H10z"
        fill="none"
        stroke="var(--surface)"
        strokeWidth="3"
        strokeLinejoin="round"
      />
    </svg>
  );
}
