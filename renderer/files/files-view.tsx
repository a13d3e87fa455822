import {
  type DragEvent,
  type KeyboardEvent,
  type MouseEvent,
  type Ref,
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
} from 'react';
import { Virtuoso, VirtuosoGrid, type VirtuosoHandle } from 'react-virtuoso';
import type { FileBrief } from '../../electron/core/api/files-contract.ts';
import { ContextMenu } from '../ui/context-menu.tsx';
import { useNow } from '../ui/use-now.ts';
import { FileActContextItems } from './file-acts-menu.tsx';
import { FilePlaceholder, FileRowOption, FileTileOption } from './file-item.tsx';
import { move, select, type Selection, selectAll } from './selection.ts';
import type { FileActs } from './use-file-acts.tsx';
import type { FileWindow } from './use-file-window.ts';
import { useDragOut } from './use-drag-out.ts';

export interface FilesViewHandle {
  focus(): void;
}

/**
 * The files, thousands as easily as ten. The list has the keyboard and names the active file; arrows walk, Shift takes along,
 * space looks, Enter opens. (A3, D9)
 */
export function FilesView({
  files,
  view,
  selection,
  onSelection,
  onPreview,
  acts,
  ref,
}: {
  files: FileWindow;
  view: 'grid' | 'list';
  selection: Selection;
  onSelection: (selection: Selection) => void;
  onPreview: (fileId: string) => void;
  acts: FileActs;
  ref?: Ref<FilesViewHandle>;
}) {
  const now = useNow();
  const dragOut = useDragOut();
  const name = useId();
  const frame = useRef<HTMLDivElement>(null);
  const scroller = useRef<Pick<VirtuosoHandle, 'scrollToIndex'> | null>(null);
  const order: readonly string[] = files.order.map(({ id }) => id);
  const activeIndex = selection.activeId === null ? -1 : order.indexOf(selection.activeId);
  const chosen = files.order.filter(({ id }) => selection.ids.has(id));
  useImperativeHandle(ref, () => ({
    focus: () => frame.current?.querySelector<HTMLElement>('[role=listbox]')?.focus(),
  }));
  useEffect(() => {
    if (activeIndex < 0) return;
    const item = document.getElementById(`${name}-${activeIndex}`);
    if (item === null) scroller.current?.scrollToIndex({ index: activeIndex, align: 'center' });
    else item.scrollIntoView({ block: 'nearest' });
  }, [activeIndex, name]);

  const onKeyDown = (event: KeyboardEvent) => {
    const active = files.order[activeIndex];
    const columns = view === 'grid' ? columnsOf(frame.current) : 1;
    const page =
      columns *
      Math.max(
        1,
        Math.floor((frame.current?.clientHeight ?? 0) / (view === 'grid' ? 184 : 38)) - 1,
      );
    const by = STEPS[event.key]?.(columns, page);
    if (by !== undefined) onSelection(move(selection, order, by, event.shiftKey));
    else if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey))
      onSelection(selectAll(selection, order));
    else if (event.key === ' ' && active !== undefined) onPreview(active.id);
    else if (event.key === 'Enter' && active !== undefined) acts.perform('open', [active]);
    else if (event.key === 'F2' && active !== undefined) acts.perform('rename', [active]);
    else if (event.key === 'Delete') acts.perform('withdraw', chosen);
    else if (event.key === 'Escape' && selection.ids.size > 0)
      onSelection({ ...selection, ids: new Set() });
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const item = (index: number) => {
    const id = order[index];
    if (id === undefined) return null;
    const file = files.rowOf(id);
    if (file === undefined)
      return (
        <FilePlaceholder
          view={view}
          domId={`${name}-${index}`}
          isSelected={selection.ids.has(id)}
          isActive={index === activeIndex}
        />
      );
    const Item = view === 'grid' ? FileTileOption : FileRowOption;
    return (
      <Item
        file={file}
        domId={`${name}-${index}`}
        isSelected={selection.ids.has(file.id)}
        isActive={index === activeIndex}
        now={now}
        onSelect={(event: MouseEvent) =>
          onSelection(select(selection, order, file.id, howOf(event)))
        }
        onPreview={() => onPreview(file.id)}
        onDragStart={(event: DragEvent) =>
          dragOut(event, file, selection.ids.has(file.id) ? chosen.filter(isThere) : [file])
        }
      />
    );
  };
  // The scroller is the list itself: between it and its options nothing else may take the keyboard.
  const listbox = {
    role: 'listbox',
    'aria-label': 'Files',
    'aria-multiselectable': true,
    'aria-activedescendant': activeIndex < 0 ? undefined : `${name}-${activeIndex}`,
    tabIndex: 0,
    onKeyDown,
    className: 'group/files focus-visible:outline-none',
  } as const;
  const key = (index: number) => order[index] ?? index;
  return (
    <ContextMenu
      label="Files"
      trigger={
        <div ref={frame} className="min-h-0 flex-1">
          {view === 'grid' ? (
            <VirtuosoGrid
              ref={(handle) => {
                scroller.current = handle;
              }}
              totalCount={order.length}
              rangeChanged={files.show}
              listClassName="grid grid-cols-[repeat(auto-fill,minmax(150px,1fr))] gap-3 px-6"
              components={GRID_EDGES}
              increaseViewportBy={300}
              computeItemKey={key}
              itemContent={item}
              {...listbox}
            />
          ) : (
            <Virtuoso
              ref={(handle) => {
                scroller.current = handle;
              }}
              totalCount={order.length}
              rangeChanged={files.show}
              increaseViewportBy={300}
              computeItemKey={key}
              itemContent={(index) => <div className="px-4">{item(index)}</div>}
              {...listbox}
            />
          )}
        </div>
      }
    >
      <FileActContextItems acts={acts} files={chosen} />
    </ContextMenu>
  );
}

/** The grid's own padding is Virtuoso's to set. */
const GRID_EDGES = { Header: Edge, Footer: Edge };
function Edge() {
  return <div className="h-4" />;
}

const STEPS: Readonly<Record<string, ((columns: number, page: number) => number) | undefined>> = {
  ArrowRight: () => 1,
  ArrowLeft: () => -1,
  ArrowDown: (columns) => columns,
  ArrowUp: (columns) => -columns,
  PageDown: (_columns, page) => page,
  PageUp: (_columns, page) => -page,
  Home: () => -Infinity,
  End: () => Infinity,
};

const isThere = ({ undone }: FileBrief) => undone?.how !== 'redacted';

/** Tiles beside each other in the first row that is drawn. */
function columnsOf(frame: HTMLElement | null): number {
  const tiles = [...(frame?.querySelectorAll<HTMLElement>('[role=option]') ?? [])];
  const top = tiles[0]?.getBoundingClientRect().top;
  const beside = tiles.findIndex((tile) => tile.getBoundingClientRect().top !== top);
  return Math.max(1, beside < 0 ? tiles.length : beside);
}

function howOf(event: MouseEvent) {
  if (event.shiftKey) return 'range';
  return event.ctrlKey || event.metaKey ? 'toggle' : 'alone';
}
