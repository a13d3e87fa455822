import { ChevronDown } from 'lucide-react';
import {
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type SelectHTMLAttributes,
  useId,
} from 'react';
import { classNames } from './class-names.ts';

export const INPUT_LOOK =
  'rounded-lg border border-line-strong bg-surface px-2.5 py-1.5 text-read shadow-paper transition-colors duration-(--fast) hover:border-ink-3 disabled:opacity-60 aria-invalid:border-danger';

interface TextFieldProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | null;
  readonly ref?: Ref<HTMLInputElement>;
}

export function TextField({ label, hint, error, className, ...rest }: TextFieldProps) {
  const id = useId();
  const hasError = error !== undefined && error !== null;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-sm font-medium text-ink-2">
        {label}
      </label>
      <input
        id={id}
        aria-invalid={hasError || undefined}
        aria-describedby={hasError || hint !== undefined ? `${id}-about` : undefined}
        className={classNames(INPUT_LOOK, 'w-full')}
        {...rest}
      />
      <FieldHint id={`${id}-about`} hint={hint} error={hasError ? error : null} />
    </div>
  );
}

function FieldHint({ id, hint, error }: { id: string; hint: ReactNode; error: string | null }) {
  if (error === null && hint === undefined) return null;
  return (
    <p
      id={id}
      className={classNames('mt-1 text-sm', error === null ? 'text-ink-3' : 'text-danger')}
    >
      {error ?? hint}
    </p>
  );
}

/** The system's own list of choices: it works with every keyboard and every screen reader. */
export function Select({ className, ...rest }: SelectHTMLAttributes<HTMLSelectElement>) {
  return (
    <span className={classNames('relative block', className)}>
      <select className={classNames(INPUT_LOOK, 'w-full appearance-none pr-8')} {...rest} />
      <ChevronDown
        aria-hidden
        size={15}
        className="pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2 text-ink-3"
      />
    </span>
  );
}

export function SelectField({
  label,
  value,
  onChange,
  children,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-medium text-ink-2">
        {label}
      </label>
      <Select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        {children}
      </Select>
    </div>
  );
}
