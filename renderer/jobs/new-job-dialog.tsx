import { type SubmitEvent, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import {
  CustomerPicker,
  nameOfPicked,
  type PickedCustomer,
  usePickedCustomer,
} from '../customers/customer-picker.tsx';
import type { Customer, MemberId } from '../records.ts';
import { useOffice } from '../shell/office.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogFoot } from '../ui/dialog.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { useRequest } from '../use-request.ts';
import type { ListPlace } from './list-place.ts';
import { PlaceFields, sightWords, usePlace } from './place-fields.tsx';

/** What a job cannot be without, in the order in which it is asked for. */
const MISSING = {
  title: 'Give the job a title.',
  customer: 'Choose a customer, or add a new one.',
  stage: 'This office has no pipeline yet, and a job needs one.',
} as const;
type Missing = keyof typeof MISSING;

/** Opens a job for a customer who is known, or made on the way. Works offline; the number comes with the server. (A1) */
export function NewJobDialog({
  place: listPlace,
  customer: forCustomer,
  onClose,
}: {
  place: ListPlace;
  /** Whom it is for, where that is said already. */
  customer?: Customer;
  onClose: () => void;
}) {
  const office = useOffice();
  const [, goTo] = useLocation();
  const startsIn = listPlace.scope.kind === 'pipeline' ? listPlace.scope.pipelineId : null;
  const [title, setTitle] = useState('');
  const [customer, setCustomer] = useState<PickedCustomer | null>(
    forCustomer === undefined ? null : { kind: 'known', customer: forCustomer },
  );
  const [pipelineId, setPipelineId] = useState(startsIn ?? office.pipelines[0]?.id ?? '');
  const [stageChoice, setStageChoice] = useState('');
  const [assigneeId, setAssigneeId] = useState<string>(office.me.id);
  const [missing, setMissing] = useState<Missing | null>(null);
  const titleField = useRef<HTMLInputElement>(null);
  const picking = usePickedCustomer();
  const createJob = useRequest('jobs.create');

  const place = usePlace(pipelineId, stageChoice);
  const { pipeline, stage } = place;
  const lacksTitle = missing === 'title' && title.trim() === '';
  const lacksStage = missing === 'stage' ? MISSING.stage : null;
  const problem = lacksStage ?? picking.sentence ?? createJob.sentence;

  const whatIsMissing = (): Missing | null => {
    if (title.trim() === '') return 'title';
    if (customer === null) return 'customer';
    return stage === undefined ? 'stage' : null;
  };
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const lacking = whatIsMissing();
    setMissing(lacking);
    if (lacking === 'title') titleField.current?.focus();
    if (lacking !== null || customer === null || pipeline === undefined || stage === undefined)
      return;
    const customerId = await picking.idOf(customer);
    if (customerId === undefined) return;
    const made = await createJob.send({
      title: title.trim(),
      customerId,
      pipelineId: pipeline.id,
      stageId: stage.id,
      assigneeId: assigneeId === '' ? null : (assigneeId as MemberId),
    });
    if (made === undefined) return;
    onClose();
    goTo(`/jobs/${made.jobId}`);
  };

  return (
    <Dialog title="New job" onClose={onClose}>
      <form noValidate onSubmit={(event) => void submit(event)} className="flex min-h-0 flex-col">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-3.5 overflow-y-auto px-5 pt-1 pb-5">
          {problem !== null && <Notice look="danger">{problem}</Notice>}
          <TextField
            label="Title"
            dir="auto"
            placeholder="Golf 8, rear quarter panel"
            maxLength={200}
            autoFocus
            ref={titleField}
            error={lacksTitle ? MISSING.title : null}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
          <CustomerPicker
            picked={customer}
            onPick={setCustomer}
            error={missing === 'customer' ? MISSING.customer : null}
          />
          <PlaceFields place={place} onPipeline={setPipelineId} onStage={setStageChoice} />
          <SelectField label="Assigned to" value={assigneeId} onChange={setAssigneeId}>
            <option value="">Nobody</option>
            {office.members.map(({ id, name }) => (
              <option key={id} value={id}>
                {id === office.me.id ? `${name} (you)` : name}
              </option>
            ))}
          </SelectField>
          <p className="text-sm text-pretty text-ink-3">
            {sightWords(nameOfPicked(customer), stage)}
          </p>
        </div>
        <DialogFoot>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={createJob.busy || picking.busy}>
            Create job
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
