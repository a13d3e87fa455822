import { FileArchive, FileText } from 'lucide-react';
import { RadioGroup } from 'radix-ui';
import type { CopyOutlook, ExportFormat } from '../../electron/core/api/exports-contract.ts';
import { classNames } from '../ui/class-names.ts';
import { sizeWords } from '../ui/size-words.ts';

const FORMATS = [
  {
    format: 'pdf',
    word: 'PDF',
    icon: FileText,
    about: 'One document to read, print or hand over, with the photos in it.',
  },
  {
    format: 'zip',
    word: 'Zip',
    icon: FileArchive,
    about: 'The same PDF, every file, and the activity as data (JSON).',
  },
] as const;

/** Paper or parcel, each with about how large it gets. */
export function FormatChoice({
  format,
  outlook,
  onChange,
}: {
  format: ExportFormat;
  /** Null while no copy is chosen. */
  outlook: CopyOutlook | null;
  onChange: (format: ExportFormat) => void;
}) {
  return (
    <RadioGroup.Root
      aria-label="Format"
      value={format}
      onValueChange={(value) => onChange(value as ExportFormat)}
      className="grid grid-cols-[minmax(0,1fr)] overflow-hidden rounded-[10px] border border-line-strong"
    >
      {FORMATS.map(({ format: value, word, icon: Icon, about }) => (
        <RadioGroup.Item
          key={value}
          value={value}
          className={classNames(
            'flex items-center gap-2.5 border-line px-3 py-2 text-left transition-colors duration-(--fast) not-first:border-t focus-visible:-outline-offset-2',
            value === format ? 'bg-surface-3' : 'hover:bg-surface-2',
          )}
        >
          <span
            aria-hidden
            className="grid size-[15px] shrink-0 place-items-center rounded-full border border-line-strong bg-surface"
          >
            <RadioGroup.Indicator className="size-[7px] rounded-full bg-accent" />
          </span>
          <Icon aria-hidden size={16} strokeWidth={1.8} className="shrink-0 text-ink-3" />
          <span className="min-w-0 flex-1">
            <b className="font-semibold">{word}</b>{' '}
            <span className="text-sm text-ink-2">{about}</span>
          </span>
          {outlook !== null && (
            <span className="shrink-0 text-sm text-ink-3 tabular-nums">
              about {sizeWords(value === 'pdf' ? outlook.pdfBytes : outlook.zipBytes)}
            </span>
          )}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
