import { useId } from 'react';
import { Section } from '../customers/section.tsx';
import type { PipelineDraft } from '../records.ts';

/** What customers may do on jobs of this pipeline. (A5) */
export function CustomerSwitches({
  draft,
  onChange,
}: {
  draft: PipelineDraft;
  onChange: (change: Partial<PipelineDraft>) => void;
}) {
  return (
    <Section title="In the portal">
      <div className="grid gap-2">
        <Switch
          label="Customer can reply"
          hint="A box to write to the office on every job"
          checked={draft.customerCanReply}
          onChange={(customerCanReply) => onChange({ customerCanReply })}
        />
        <Switch
          label="Customer can upload"
          hint="Photos and files, with the camera on a phone"
          checked={draft.customerCanUpload}
          onChange={(customerCanUpload) => onChange({ customerCanUpload })}
        />
      </div>
    </Section>
  );
}

function Switch({
  label,
  hint,
  checked,
  onChange,
}: {
  label: string;
  hint: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  const id = useId();
  return (
    <div className="flex items-start gap-2.5">
      <input
        id={id}
        type="checkbox"
        role="switch"
        className="mt-[3px] size-[15px] accent-accent"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      <label htmlFor={id}>
        <span className="font-medium">{label}</span>
        <span className="block text-sm text-ink-3">{hint}</span>
      </label>
    </div>
  );
}
