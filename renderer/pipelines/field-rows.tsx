import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Section } from '../customers/section.tsx';
import type { FormField, Pipeline } from '../records.ts';
import { Button } from '../ui/button.tsx';
import { INPUT_LOOK, Select } from '../ui/field.tsx';
import { FIELD_TYPES, moved, newField } from './pipeline-draft.ts';
import { onMoveKey, RowTools } from './row-tools.tsx';

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
  const set = (index: number, change: Partial<FormField>) =>
    onChange(fields.map((field, place) => (place === index ? { ...field, ...change } : field)));
  return (
    <Section title="Form">
      {fields.length === 0 && (
        <p className="mb-1 text-ink-2">No fields. Jobs of this pipeline have no form.</p>
      )}
      <ol className="grid grid-cols-[minmax(0,1fr)] gap-2.5">
        {fields.map((field, index) => {
          const move = (by: 1 | -1) => onChange(moved(fields, index, by));
          const name = field.label === '' ? `number ${index + 1}` : field.label;
          return (
            <li key={field.id}>
              <div className="flex items-center gap-2">
                <input
                  aria-label={`Label of field ${index + 1}`}
                  dir="auto"
                  maxLength={200}
                  placeholder="Label of the field"
                  className={`${INPUT_LOOK} min-w-0 flex-1`}
                  value={field.label}
                  onKeyDown={onMoveKey(move)}
                  onChange={(event) => set(index, { label: event.target.value })}
                />
                <Select
                  className="w-32 shrink-0"
                  aria-label={`Type of field ${name}`}
                  disabled={savedIds.has(field.id)}
                  title={savedIds.has(field.id) ? 'A field keeps its type' : undefined}
                  value={field.type}
                  onChange={(event) =>
                    set(index, { type: event.target.value as FormField['type'], choices: [] })
                  }
                >
                  {Object.entries(FIELD_TYPES).map(([type, word]) => (
                    <option key={type} value={type}>
                      {word}
                    </option>
                  ))}
                </Select>
                <RowTools
                  what={`field ${name}`}
                  index={index}
                  count={fields.length}
                  onMove={move}
                  onRemove={() => onChange(fields.filter(({ id }) => id !== field.id))}
                />
              </div>
              <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1">
                <label className="inline-flex items-center gap-2 text-sm text-ink-2">
                  <input
                    type="checkbox"
                    className="size-[14px] accent-accent"
                    checked={field.customerCanEdit}
                    onChange={(event) => set(index, { customerCanEdit: event.target.checked })}
                  />
                  Customer can edit
                </label>
                {field.type === 'choice' && (
                  <Choices
                    name={name}
                    choices={field.choices}
                    onChange={(choices) => set(index, { choices })}
                  />
                )}
              </div>
            </li>
          );
        })}
      </ol>
      <Button
        small
        look="quiet"
        className="mt-2 -ml-2.5"
        disabled={fields.length >= 100}
        onClick={() => onChange([...fields, newField()])}
      >
        <Plus aria-hidden size={14} /> Add a field
      </Button>
    </Section>
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
