import { type SubmitEvent, useState } from 'react';
import type { JobPage } from '../../electron/core/api/jobs-contract.ts';
import {
  CustomerPicker,
  nameOfPicked,
  type PickedCustomer,
  usePickedCustomer,
} from '../customers/customer-picker.tsx';
import type { JobId, Pipeline } from '../records.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogFoot } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { countOf } from '../ui/size-words.ts';
import { useQuery } from '../use-query.ts';
import { useRequest } from '../use-request.ts';
import { PlaceFields, sightWords, usePlace } from './place-fields.tsx';

const NO_TITLE = 'Give the job a title.';
const NO_CUSTOMER = 'Choose a customer, or add a new one.';

/** The same for the job that is open, from anywhere. */
export function CorrectOpenJob({ jobId, onClose }: { jobId: JobId; onClose: () => void }) {
  const page = useQuery('jobs.one', { jobId }).value;
  return page == null ? null : <CorrectJobDialog page={page} onClose={onClose} />;
}

/** Corrects a job's title, its customer as long as nothing was shared with them, and where it stands. (A1) */
export function CorrectJobDialog({ page, onClose }: { page: JobPage; onClose: () => void }) {
  const { job, customer } = page;
  // What was there when the person began: a colleague's change meanwhile is theirs to see, not to be written over. (H5)
  const [from] = useState({
    title: job.title,
    customerId: customer.id,
    pipelineId: job.pipelineId,
    stageId: job.stageId,
  });
  const [title, setTitle] = useState<string>(from.title);
  const [picked, setPicked] = useState<PickedCustomer | null>({ kind: 'known', customer });
  const [pipelineId, setPipelineId] = useState<string>(from.pipelineId);
  const [stageId, setStageId] = useState<string>(from.stageId);
  const [isTold, setIsTold] = useState(false);
  const place = usePlace(pipelineId, stageId);
  const shared = useQuery('jobs.is-shared', { jobId: job.id }).value;
  const picking = usePickedCustomer();
  const correct = useRequest('jobs.correct');

  const lacksTitle = title.trim() === '';
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setIsTold(true);
    const { pipeline, stage } = place;
    if (lacksTitle || picked === null || pipeline === undefined || stage === undefined) return;
    const customerId = await picking.idOf(picked);
    if (customerId === undefined) return;
    const to = { title: title.trim(), customerId, pipelineId: pipeline.id, stageId: stage.id };
    if ((await correct.send({ jobId: job.id, from, to })) !== undefined) onClose();
  };

  const problem = picking.sentence ?? correct.sentence;
  return (
    <Dialog title="Correct this job" onClose={onClose}>
      <form noValidate onSubmit={(event) => void submit(event)} className="flex min-h-0 flex-col">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-3.5 overflow-y-auto px-5 pt-1 pb-5">
          {problem !== null && <Notice look="danger">{problem}</Notice>}
          <TextField
            label="Title"
            dir="auto"
            maxLength={200}
            autoFocus
            error={isTold && lacksTitle ? NO_TITLE : null}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
          {shared?.isShared === false ? (
            <CustomerPicker
              picked={picked}
              onPick={setPicked}
              error={isTold && picked === null ? NO_CUSTOMER : null}
            />
          ) : (
            <SharedCustomer name={customer.name} isKnown={shared !== undefined} />
          )}
          <PlaceFields place={place} onPipeline={setPipelineId} onStage={setStageId} />
          <p className="text-sm text-pretty text-ink-3">
            {sightWords(nameOfPicked(picked), place.stage)}
            {place.pipeline !== undefined && leftBehindWords(page, place.pipeline)}
          </p>
        </div>
        <DialogFoot>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={correct.busy || picking.busy}>
            Save
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}

/** Whom it stays with, and why. */
function SharedCustomer({ name, isKnown }: { name: string; isKnown: boolean }) {
  return (
    <div>
      <p className="mb-1 text-sm font-medium text-ink-2">Customer</p>
      <p dir="auto" className="truncate text-read">
        {name}
      </p>
      {isKnown && (
        <p className="mt-0.5 text-sm text-pretty text-ink-3">
          Something on this job was written for {name} or by them, so it stays theirs. For another
          customer, open a new job.
        </p>
      )}
    </div>
  );
}

/** What was filled in and has no field in the other pipeline's form. */
function leftBehindWords({ job, pipeline }: JobPage, to: Pipeline): string {
  if (to.id === pipeline.id) return '';
  const filled = pipeline.fields.filter(({ id }) => (job.form[id] ?? '') !== '');
  if (filled.length === 0) return '';
  const what = countOf(filled.length, 'filled-in field');
  return ` ${what} of “${pipeline.name}” ${filled.length === 1 ? 'stays' : 'stay'} with the job, out of sight until it moves back.`;
}
