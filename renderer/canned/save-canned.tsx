import { type SubmitEvent, useState } from 'react';
import { toast } from 'sonner';
import { useLocation } from 'wouter';
import { useIntake } from '../attachments/use-intake.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogFoot } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { useRequest } from '../use-request.ts';
import { type CannedContent, type NewCanned, problemOf } from './canned-draft.ts';
import { CannedFields } from './canned-fields.tsx';
import { CANNED_PLACE } from './canned-head.tsx';
import { SharingSwitch } from './sharing-switch.tsx';

/** Makes a canned reply of what was just written; the draft stays as it is. (C6) */
export function SaveCannedDialog({
  content,
  hasVariables,
  onClose,
}: {
  content: CannedContent;
  /** Names of this job were taken out for variables. */
  hasVariables: boolean;
  onClose: () => void;
}) {
  const [draft, setDraft] = useState<NewCanned>({ ...content, sharing: 'personal' });
  const [, goTo] = useLocation();
  const creating = useRequest('canned-replies.create');
  const intake = useIntake();
  const problem = problemOf(draft, intake);
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    if (problem !== null || creating.busy) return;
    const files = draft.files.map(({ blobId, name }) => ({ blobId, name }));
    const made = await creating.send({ ...draft, title: draft.title.trim(), files });
    if (made === undefined) return;
    onClose();
    toast(`“${draft.title.trim()}” is saved`, {
      action: { label: 'Open', onClick: () => goTo(`${CANNED_PLACE}/${made.cannedReplyId}`) },
    });
  };
  return (
    <Dialog
      title="Save as canned reply"
      description="To be inserted with / on any job. What you are writing stays as it is."
      onClose={onClose}
    >
      <form noValidate className="contents" onSubmit={(event) => void save(event)}>
        <div className="grid min-h-0 grid-cols-[minmax(0,1fr)] gap-3.5 overflow-y-auto px-5 pt-1 pb-5">
          <SharingSwitch
            sharing={draft.sharing}
            onChange={(sharing) => setDraft((before) => ({ ...before, sharing }))}
          />
          {hasVariables && (
            <Notice look="calm">
              What belongs to this job alone became a variable. Read it once more.
            </Notice>
          )}
          <CannedFields
            content={draft}
            intake={intake}
            onChange={(next) => setDraft((before) => ({ ...before, ...next(before) }))}
          />
          {creating.sentence !== null && <Notice look="danger">{creating.sentence}</Notice>}
        </div>
        <DialogFoot>
          <span role="status" className="mr-auto min-w-0 text-sm text-ink-2">
            {problem}
          </span>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" type="submit" disabled={problem !== null || creating.busy}>
            Save
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
