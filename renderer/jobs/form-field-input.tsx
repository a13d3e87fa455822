import { Clock, UserRoundPen } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import type { FieldValue, FormField } from '../records.ts';
import { INPUT_LOOK, Select } from '../ui/field.tsx';
import { fieldWords } from './field-words.ts';

interface FormFieldInputProps {
  readonly field: FormField;
  readonly value: FieldValue;
  /** What the office has. */
  readonly stands: FieldValue;
  /** What stood when the person began to change it; undefined where it is unchanged. */
  readonly startedFrom: FieldValue | undefined;
  readonly isWaiting: boolean;
  readonly customerName: string;
  readonly onChange: (to: FieldValue) => void;
}

/** One field of a form, of any type. Says what others did to it meanwhile. (H5) */
export function FormFieldInput(props: FormFieldInputProps) {
  const { field, value, stands, startedFrom, onChange } = props;
  const id = useId();
  const isOvertaken = startedFrom !== undefined && startedFrom !== stands && value !== stands;
  return (
    <div>
      <FieldLabel {...props} id={id} />
      <Input id={id} field={field} value={value} onChange={onChange} />
      {isOvertaken && (
        <p className="mt-1 text-sm text-warn">
          Changed to {fieldWords(field, stands)} meanwhile.{' '}
          <button
            type="button"
            onClick={() => onChange(stands)}
            className="rounded-sm font-semibold underline underline-offset-2"
          >
            Take that
          </button>
        </p>
      )}
    </div>
  );
}

function FieldLabel({
  id,
  field,
  isWaiting,
  startedFrom,
  customerName,
}: FormFieldInputProps & { id: string }) {
  return (
    <div className="mb-1 flex items-center gap-2 text-sm">
      <label htmlFor={id} className="font-medium text-ink-2">
        {field.label}
      </label>
      {startedFrom !== undefined && (
        <span className="size-1.5 rounded-full bg-accent" title="Not saved yet" />
      )}
      {isWaiting && (
        <span className="inline-flex items-center gap-1 text-warn">
          <Clock aria-hidden size={12} /> On this device, waiting
        </span>
      )}
      {field.customerCanEdit && (
        <span
          className="ml-auto inline-flex items-center gap-1 text-customer-ink"
          title={`${customerName} can fill this in, in the portal`}
        >
          <UserRoundPen aria-hidden size={12} /> Customer can edit
        </span>
      )}
    </div>
  );
}

interface InputProps {
  readonly id: string;
  readonly field: FormField;
  readonly value: FieldValue;
  readonly onChange: (to: FieldValue) => void;
}

function Input({ id, field, value, onChange }: InputProps): ReactNode {
  const text = typeof value === 'string' ? value : '';
  const setText = (typed: string) => onChange(typed === '' ? null : typed);
  switch (field.type) {
    case 'text':
      return (
        <input
          id={id}
          dir="auto"
          className={`${INPUT_LOOK} w-full`}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      );
    case 'long_text':
      return (
        <textarea
          id={id}
          dir="auto"
          rows={3}
          className={`${INPUT_LOOK} w-full field-sizing-content max-h-80 min-h-20 resize-none leading-read`}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      );
    case 'number':
      return <NumberInput id={id} field={field} value={value} onChange={onChange} />;
    case 'date':
      return (
        <input
          id={id}
          type="date"
          className={`${INPUT_LOOK} w-48`}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      );
    case 'choice':
      return (
        <Select
          id={id}
          className="w-72 max-w-full"
          value={text}
          onChange={(event) => setText(event.target.value)}
        >
          <option value="">Not chosen</option>
          {text !== '' && !field.choices.includes(text) && <option value={text}>{text}</option>}
          {field.choices.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </Select>
      );
    case 'checkbox':
      return (
        <input
          id={id}
          type="checkbox"
          className="size-[17px] accent-accent"
          checked={value === true}
          onChange={(event) => onChange(event.target.checked)}
        />
      );
  }
}

/** Half a number ("-", "1.") is kept as typed until it is one; only numbers are ever handed on. */
function NumberInput({ id, value, onChange }: InputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? (typeof value === 'number' ? String(value) : '');
  const isBad = typed !== null && numberFrom(typed) === undefined;
  return (
    <>
      <input
        id={id}
        inputMode="decimal"
        aria-invalid={isBad || undefined}
        className={`${INPUT_LOOK} w-48 tabular-nums`}
        value={shown}
        onBlur={() => !isBad && setTyped(null)}
        onChange={(event) => {
          const next = event.target.value;
          const number = numberFrom(next);
          setTyped(next);
          if (number !== undefined) onChange(number);
        }}
      />
      {isBad && <p className="mt-1 text-sm text-danger">“{typed}” is not a number.</p>}
    </>
  );
}

/** Null for an empty field, undefined for what is not a number. A comma is a decimal point. */
export function numberFrom(typed: string): number | null | undefined {
  const tidy = typed.trim().replaceAll(/[\s']/g, '').replace(',', '.');
  if (tidy === '') return null;
  return /^-?(\d+\.?\d*|\.\d+)$/.test(tidy) ? Number(tidy) : undefined;
}
