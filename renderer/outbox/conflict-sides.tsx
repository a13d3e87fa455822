import type { ConflictSide } from '../../electron/core/api/outbox-contract.ts';
import { fieldWords } from '../jobs/field-words.ts';

/** What you filled in beside what stands now, field by field, to choose between. (H5) */
export function ConflictSides({ sides }: { sides: readonly ConflictSide[] }) {
  const words = (side: ConflictSide, value: ConflictSide['yours']) =>
    fieldWords(side.field ?? undefined, value);
  return (
    <table className="mt-2 w-full max-w-[76ch] table-fixed border-collapse text-left text-sm">
      <thead className="text-ink-3">
        <tr>
          <th scope="col" className="w-[30%] py-1 pr-3 font-normal">
            Field
          </th>
          <th scope="col" className="py-1 pr-3 font-semibold text-ink-2">
            Yours
          </th>
          <th scope="col" className="py-1 font-semibold text-ink-2">
            Stands now
          </th>
        </tr>
      </thead>
      <tbody className="align-top">
        {sides.map((side) => (
          <tr key={side.label} className="border-t border-line">
            <th scope="row" className="py-1 pr-3 font-normal break-words text-ink-3">
              {side.label}
            </th>
            <td dir="auto" className="py-1 pr-3 break-words whitespace-pre-wrap">
              {words(side, side.yours)}
            </td>
            <td dir="auto" className="py-1 break-words whitespace-pre-wrap">
              {words(side, side.stands)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
