import { Search, X } from 'lucide-react';
import type { Ref } from 'react';
import { classNames } from './class-names.ts';
import { Kbd } from './kbd.tsx';

/** As much as the core takes of a search; what is pasted beyond it looks for nothing more. */
export const LONGEST_SEARCH = 200;

export function SearchBox({
  label,
  placeholder,
  value,
  onChange,
  keys,
  small,
  ref,
  className,
}: {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
  keys?: string;
  small?: boolean;
  ref?: Ref<HTMLInputElement>;
  className?: string;
}) {
  return (
    <div
      data-focus-group
      className={classNames(
        'flex items-center gap-2 rounded-lg border border-line bg-surface px-2 text-ink-3',
        small === true ? 'h-[26px] text-sm' : 'h-[30px]',
        className,
      )}
    >
      <Search aria-hidden size={14} className="shrink-0" />
      <input
        ref={ref}
        type="search"
        aria-label={label}
        placeholder={placeholder}
        maxLength={LONGEST_SEARCH}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          if (value === '') event.currentTarget.blur();
          else onChange('');
        }}
        className="w-full min-w-0 flex-1 bg-transparent text-ink [&::-webkit-search-cancel-button]:hidden"
      />
      {value !== '' && (
        <button
          type="button"
          aria-label="Clear the search"
          onClick={() => onChange('')}
          className="rounded-sm hover:text-ink"
        >
          <X aria-hidden size={14} />
        </button>
      )}
      {value === '' && keys !== undefined && <Kbd>{keys}</Kbd>}
    </div>
  );
}
