import type { JobPage } from '../../electron/core/api/jobs-contract.ts';
import { unsavedWords } from '../drafts/unsaved-words.ts';
import { useFormDraft } from '../drafts/use-drafts.tsx';
import type { FieldValue, FormField } from '../records.ts';
import { useOffice } from '../shell/office.tsx';
import { useShortcut } from '../shell/use-shortcut.ts';
import { Button } from '../ui/button.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { Notice } from '../ui/notice.tsx';
import { useRequest } from '../use-request.ts';
import { ClipboardList } from 'lucide-react';
import { EmptyState } from '../ui/empty-state.tsx';
import { FormFieldInput } from './form-field-input.tsx';

/** The job's form. Only changed fields are saved; what is typed and not saved survives a restart. (A4, C3) */
export function FormTab({ page }: { page: JobPage }) {
  const { job, pipeline } = page;
  const { me } = useOffice();
  const stored = useFormDraft({ jobId: job.id, memberId: me.id });
  const saving = useRequest('jobs.save-form');
  const draft = stored.draft ?? {};
  const changes = pipeline.fields.flatMap((field) => {
    const change = draft[field.id];
    return change === undefined ? [] : [{ fieldId: field.id, ...change }];
  });
  const fieldsLeft = Object.keys(draft).length - changes.length;

  const setField = (field: FormField, to: FieldValue) => {
    saving.clear();
    stored.change((before = {}) => {
      const { [field.id]: own, ...rest } = before;
      const stands = job.form[field.id] ?? null;
      const from = own?.from ?? stands;
      return to === from && to === stands ? rest : { ...rest, [field.id]: { from, to } };
    });
  };
  const save = async () => {
    if (changes.length === 0 || saving.busy) return;
    const answer = await saving.send({ jobId: job.id, changes });
    if (answer !== undefined) stored.change(() => undefined);
  };
  useShortcut(
    [
      { key: 'enter', mod: true },
      { key: 's', mod: true },
    ],
    () => void save(),
  );

  if (pipeline.fields.length === 0)
    return (
      <EmptyState icon={ClipboardList} title="This pipeline has no form">
        Fields that a pipeline asks for are filled in here.
      </EmptyState>
    );
  return (
    <form
      noValidate
      aria-label="Form"
      className="flex min-h-0 flex-1 flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className="min-h-0 flex-1 overflow-y-auto px-6 py-5">
        <div className="grid max-w-[620px] gap-4">
          {pipeline.fields.map((field) => (
            <FormFieldInput
              key={field.id}
              field={field}
              value={valueOf(draft[field.id], job.form[field.id])}
              stands={job.form[field.id] ?? null}
              startedFrom={draft[field.id]?.from}
              isWaiting={page.waitingFieldIds.includes(field.id)}
              customerName={page.customer.name}
              onChange={(to) => setField(field, to)}
            />
          ))}
        </div>
      </div>
      <footer className="flex items-center gap-2 border-t border-line bg-surface-2 px-6 py-3">
        <span role="status" className="min-w-0 flex-1 truncate text-ink-2">
          {changes.length > 0 && unsavedWords(changes.length, stored.state)}
          {fieldsLeft > 0 && changes.length === 0 && 'A field you had filled in was removed'}
        </span>
        {saving.sentence !== null && <Notice look="danger">Not saved. {saving.sentence}</Notice>}
        {changes.length > 0 && (
          <Button look="quiet" onClick={() => stored.change(() => undefined)}>
            Undo changes
          </Button>
        )}
        <Button look="primary" type="submit" disabled={changes.length === 0 || saving.busy}>
          Save <Kbd inverse>Ctrl S</Kbd>
        </Button>
      </footer>
    </form>
  );
}

function valueOf(
  change: { readonly to: FieldValue } | undefined,
  stands: FieldValue | undefined,
): FieldValue {
  return change === undefined ? (stands ?? null) : change.to;
}
