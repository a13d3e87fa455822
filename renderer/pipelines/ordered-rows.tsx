import { Plus } from 'lucide-react';
import type { KeyboardEventHandler, ReactNode } from 'react';
import { Section } from '../customers/section.tsx';
import { Button } from '../ui/button.tsx';
import { moved } from './pipeline-draft.ts';
import { onMoveKey, RowTools } from './row-tools.tsx';

/** What a row needs to be drawn, changed and moved. */
export interface OrderedRow<Row> {
  readonly row: Row;
  readonly index: number;
  /** What the row is called to a screen reader: its name, or its number while it has none. */
  readonly spokenName: string;
  readonly tools: ReactNode;
  readonly onKeyDown: KeyboardEventHandler;
  change(part: Partial<Row>): void;
}

/** Rows whose order counts: to name, move, remove and add to. */
export function OrderedRows<Row extends { readonly id: string }>({
  title,
  what,
  rows,
  nameOf,
  fewest,
  most,
  empty,
  make,
  onChange,
  children,
}: {
  title: string;
  /** "stage" */
  what: string;
  rows: readonly Row[];
  nameOf: (row: Row) => string;
  fewest: number;
  most: number;
  /** What no rows mean. */
  empty?: string;
  make: () => Row;
  onChange: (rows: Row[]) => void;
  children: (row: OrderedRow<Row>) => ReactNode;
}) {
  return (
    <Section title={title}>
      {rows.length === 0 && <p className="mb-1 text-ink-2">{empty}</p>}
      <ol className="grid grid-cols-[minmax(0,1fr)] gap-2">
        {rows.map((row, index) => {
          const move = (by: 1 | -1) => onChange(moved(rows, index, by));
          const spokenName = nameOf(row) === '' ? `number ${index + 1}` : nameOf(row);
          return (
            <li key={row.id}>
              {children({
                row,
                index,
                spokenName,
                onKeyDown: onMoveKey(move),
                change: (part) => onChange(rows.with(index, { ...row, ...part })),
                tools: (
                  <RowTools
                    what={`${what} ${spokenName}`}
                    index={index}
                    count={rows.length}
                    onMove={move}
                    onRemove={
                      rows.length <= fewest
                        ? null
                        : () => onChange(rows.filter(({ id }) => id !== row.id))
                    }
                  />
                ),
              })}
            </li>
          );
        })}
      </ol>
      <Button
        small
        look="quiet"
        className="mt-2 -ml-2.5"
        disabled={rows.length >= most}
        onClick={() => onChange([...rows, make()])}
      >
        <Plus aria-hidden size={14} /> Add a {what}
      </Button>
    </Section>
  );
}
