import { Clock, Layers } from 'lucide-react';
import type { DragEvent, MouseEvent } from 'react';
import type { FileRow } from '../../electron/core/api/files-contract.ts';
import { AwayMark } from '../transfers/away-mark.tsx';
import { AUDIENCES } from '../ui/chip.tsx';
import { classNames } from '../ui/class-names.ts';
import { sizeWords } from '../ui/size-words.ts';
import { SkeletonBar } from '../ui/skeleton.tsx';
import { fullTime, shortTime } from '../ui/time-words.ts';
import { FileFace } from './file-face.tsx';
import { audienceOf } from './file-sieve.ts';

export interface FileItemProps {
  readonly file: FileRow;
  readonly domId: string;
  readonly isSelected: boolean;
  /** Has the keyboard. */
  readonly isActive: boolean;
  readonly now: Date;
  onSelect(event: MouseEvent): void;
  onPreview(): void;
  onDragStart(event: DragEvent): void;
}

function optionProps(props: FileItemProps) {
  const { file, domId, isSelected, onSelect, onPreview, onDragStart } = props;
  return {
    id: domId,
    role: 'option',
    'aria-selected': isSelected,
    draggable: file.undone?.how !== 'redacted',
    onClick: onSelect,
    onContextMenu: (event: MouseEvent) => {
      if (!isSelected) onSelect(event);
    },
    onDoubleClick: onPreview,
    onDragStart,
    title: file.name,
  } as const;
}

const SELECTED = 'border-accent bg-accent-soft';
const ACTIVE = 'group-focus-visible/files:ring-2 group-focus-visible/files:ring-focus';

export function FileTileOption(props: FileItemProps) {
  const { file, isSelected, isActive, now } = props;
  return (
    <div
      {...optionProps(props)}
      className={classNames(
        'scroll-my-4 overflow-hidden rounded-lg border bg-surface shadow-paper transition-colors duration-(--fast)',
        isSelected ? SELECTED : 'border-line hover:border-ink-3',
        isActive && ACTIVE,
      )}
    >
      <div className="relative">
        <FileFace file={file} className="h-[104px] w-full" />
        <Badges file={file} className="absolute top-1.5 right-1.5" />
      </div>
      <bdi
        className={classNames(
          'block truncate px-2.5 pt-1.5 font-medium',
          file.undone !== null && 'text-ink-3 line-through',
        )}
      >
        {file.name}
      </bdi>
      <p className="truncate px-2.5 text-xs">
        <AudienceMark file={file} />
      </p>
      <p className="truncate px-2.5 pb-2 text-xs text-ink-3">
        {sizeWords(file.sizeBytes)} · {shortTime(file.at, now)}
      </p>
    </div>
  );
}

export function FileRowOption(props: FileItemProps) {
  const { file, isSelected, isActive, now } = props;
  return (
    <div
      {...optionProps(props)}
      className={classNames(
        'grid grid-cols-[36px_minmax(0,1fr)_auto_72px_84px] items-center gap-x-3 rounded-md border px-2 py-1 min-[1200px]:grid-cols-[36px_minmax(0,1fr)_auto_130px_72px_84px]',
        isSelected ? SELECTED : 'border-transparent hover:bg-surface-2',
        isActive && ACTIVE,
      )}
    >
      <FileFace file={file} className="h-7 w-9 rounded-sm [&>span]:text-[9px]" />
      <span className="flex min-w-0 items-center gap-2">
        <bdi className={classNames('truncate', file.undone !== null && 'text-ink-3 line-through')}>
          {file.name}
        </bdi>
        <Badges file={file} className="shrink-0" />
      </span>
      <span className="text-sm">
        <AudienceMark file={file} />
      </span>
      <span className="hidden truncate text-sm text-ink-2 min-[1200px]:block">
        {file.mine ? 'You' : file.authorName}
      </span>
      <span className="text-right text-sm text-ink-3 tabular-nums">
        {sizeWords(file.sizeBytes)}
      </span>
      <time
        dateTime={file.at}
        title={fullTime(file.at)}
        className="text-right text-sm text-ink-3 tabular-nums"
      >
        {shortTime(file.at, now)}
      </time>
    </div>
  );
}

/** Where a file will stand once its row is here: as high as it to the pixel, since places below are reckoned from it. */
export function FilePlaceholder({
  view,
  domId,
  isSelected,
  isActive,
}: Pick<FileItemProps, 'domId' | 'isSelected' | 'isActive'> & { view: 'grid' | 'list' }) {
  const option = {
    id: domId,
    role: 'option',
    'aria-selected': isSelected,
    'aria-label': 'Being fetched',
  } as const;
  if (view === 'list')
    return (
      <div
        {...option}
        className={classNames(
          'flex items-center gap-x-3 rounded-md border px-2 py-1',
          isSelected ? SELECTED : 'border-transparent',
          isActive && ACTIVE,
        )}
      >
        <SkeletonBar className="h-7 w-9" />
        <SkeletonBar className="w-1/3" />
      </div>
    );
  return (
    <div
      {...option}
      className={classNames(
        'overflow-hidden rounded-lg border bg-surface shadow-paper',
        isSelected ? SELECTED : 'border-line',
        isActive && ACTIVE,
      )}
    >
      <SkeletonBar className="h-[104px] w-full rounded-none" />
      <p className="px-2.5 pt-1.5 font-medium">&nbsp;</p>
      <p className="px-2.5 text-xs">&nbsp;</p>
      <p className="px-2.5 pb-2 text-xs">&nbsp;</p>
    </div>
  );
}

function AudienceMark({ file }: { file: FileRow }) {
  const { icon: Icon, word, ink } = AUDIENCES[audienceOf(file)];
  const said =
    file.undone === null ? word : file.undone.how === 'withdrawn' ? 'Withdrawn' : 'Removed';
  const inkNow = file.undone === null ? ink : 'text-ink-3';
  return (
    <span className={classNames('inline-flex shrink-0 items-center gap-1 font-semibold', inkNow)}>
      {file.undone === null && <Icon aria-hidden size={12} strokeWidth={2.1} />}
      {said}
    </span>
  );
}

/** What is not plain from the picture: still on this device alone, not on it, older versions. */
function Badges({ file, className }: { file: FileRow; className?: string }) {
  const isAway = !file.onDevice && file.undone?.how !== 'redacted';
  if (!file.isWaiting && !isAway && file.older.length === 0) return null;
  const look = 'grid size-5 place-items-center rounded-full bg-surface/90 shadow-paper';
  return (
    <span className={classNames('flex gap-1', className)}>
      {file.older.length > 0 && (
        <span className={look}>
          <Layers role="img" aria-label={`Has ${file.older.length} older`} size={12} />
        </span>
      )}
      {file.isWaiting && (
        <span className={classNames(look, 'text-warn')}>
          <Clock role="img" aria-label="On this device, waiting" size={12} />
        </span>
      )}
      {isAway && (
        <span className={classNames(look, 'text-ink-3')}>
          <AwayMark size={12} />
        </span>
      )}
    </span>
  );
}
