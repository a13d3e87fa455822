import { useState } from 'react';
import type { FormField, Pipeline } from '../records.ts';
import { INPUT_LOOK, Select } from '../ui/field.tsx';
import { OrderedRows } from './ordered-rows.tsx';
import { FIELD_TYPES, newField } from './pipeline-draft.ts';

/** The form of the pipeline's jobs. What was filled in stays in the jobs, whatever becomes of a field. (A5) */
export function FieldRows({
  fields,
  savedIds,
  onChange,
}: {
  fields: Pipeline['fields'];
  /** Fields that jobs may have values of: they keep their type. */
  savedIds: ReadonlySet<string>;
  onChange: (fields: Pipeline['fields']) => void;
}) {
  return (
    <OrderedRows
      title="Form"
      what="field"
      rows={fields}
      nameOf={({ label }) => label}
      fewest={0}
      most={100}
      empty="No fields. Jobs of this pipeline have no form."
      make={newField}
      onChange={onChange}
    >
      {({ row: field, index, spokenName, tools, onKeyDown, change }) => (
        <>
          <div className="flex items-center gap-2">
            <input
              aria-label={`Label of field ${index + 1}`}
              dir="auto"
              maxLength={200}
              placeholder="Label of the field"
              className={`${INPUT_LOOK} min-w-0 flex-1`}
              value={field.label}
              onKeyDown={onKeyDown}
              onChange={(event) => change({ label: event.target.value })}
            />
            <TypeChoice
              name={spokenName}
              type={field.type}
              isFixed={savedIds.has(field.id)}
              onChoose={(type) => change({ type, choices: [] })}
            />
            {tools}
          </div>
          <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1">
            <label className="inline-flex items-center gap-2 text-sm text-ink-2">
              <input
                type="checkbox"
                className="size-[14px] accent-accent"
                checked={field.customerCanEdit}
                onChange={(event) => change({ customerCanEdit: event.target.checked })}
              />
              Customer can edit
            </label>
            {field.type === 'choice' && (
              <Choices
                name={spokenName}
                choices={field.choices}
                onChange={(choices) => change({ choices })}
              />
            )}
          </div>
        </>
      )}
    </OrderedRows>
  );
}

function TypeChoice({
  name,
  type,
  isFixed,
  onChoose,
}: {
  name: string;
  type: FormField['type'];
  isFixed: boolean;
  onChoose: (type: FormField['type']) => void;
}) {
  return (
    <Select
      className="w-32 shrink-0"
      aria-label={`Type of field ${name}`}
      disabled={isFixed}
      title={isFixed ? 'A field keeps its type' : undefined}
      value={type}
      onChange={(event) => onChoose(event.target.value as FormField['type'])}
    >
      {Object.entries(FIELD_TYPES).map(([each, word]) => (
        <option key={each} value={each}>
          {word}
        </option>
      ))}
    </Select>
  );
}

/** Typed with commas between them; kept as typed until the focus leaves. */
function Choices({
  name,
  choices,
  onChange,
}: {
  name: string;
  choices: readonly string[];
  onChange: (choices: string[]) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <input
      aria-label={`Choices of ${name}, with commas between them`}
      placeholder="Choices, with commas between them"
      className={`${INPUT_LOOK} min-w-40 flex-1 py-0.5 text-ui`}
      value={typed ?? choices.join(', ')}
      onBlur={() => setTyped(null)}
      onChange={(event) => {
        setTyped(event.target.value);
        const parts = event.target.value.split(',').map((part) => part.trim());
        onChange([...new Set(parts.filter((part) => part !== ''))].slice(0, 100));
      }}
    />
  );
}
