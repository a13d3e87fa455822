import { useState } from 'react';
import { useLocation } from 'wouter';
import { useEditDraft } from '../drafts/use-drafts.tsx';
import type { PipelineDraft } from '../records.ts';
import { useOffice } from '../shell/office.tsx';
import { useShortcut } from '../shell/use-shortcut.ts';
import { Button } from '../ui/button.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { useRequest } from '../use-request.ts';
import { EditorBody, EditorHead } from './editor-parts.tsx';
import { emptyDraft, problemOf } from './pipeline-draft.ts';

/** A pipeline that is not there yet; left half made, it is there when one comes back. (A5, C3) */
export function NewPipeline({ hasBack }: { hasBack: boolean }) {
  const { me } = useOffice();
  const stored = useEditDraft<PipelineDraft>({ subject: 'new pipeline', memberId: me.id });
  const [empty] = useState(emptyDraft);
  const draft = stored.draft ?? empty;
  const [, goTo] = useLocation();
  const creating = useRequest('pipelines.create');
  const problem = problemOf(draft);
  const create = async () => {
    if (problem !== null || creating.busy) return;
    const made = await creating.send({ ...draft, name: draft.name.trim() });
    if (made === undefined) return;
    stored.change(() => undefined);
    goTo(`/settings/pipelines/${made.pipelineId}`, { replace: true });
  };
  useShortcut([{ key: 's', mod: true }], () => void create());
  useShortcut([{ key: 'escape' }], () => goTo('/settings/pipelines'));
  const set = (change: Partial<PipelineDraft>) =>
    stored.change((before = empty) => ({ ...before, ...change }));
  const cancel = () => {
    stored.change(() => undefined);
    goTo('/settings/pipelines');
  };
  return (
    <main className="flex min-w-0 flex-1 flex-col bg-surface">
      <EditorHead draft={draft} isAdmin hasBack={hasBack} onChange={set} />
      <EditorBody
        draft={draft}
        isAdmin
        savedFieldIds={new Set()}
        jobsByStage={{}}
        onChange={set}
        below={null}
      />
      <footer className="flex items-center gap-2 border-t border-line bg-surface-2 px-6 py-3">
        <span role="status" className="min-w-0 flex-1 truncate text-ink-2">
          {creating.sentence ?? problem}
        </span>
        <Button look="quiet" onClick={cancel}>
          Cancel
        </Button>
        <Button
          look="primary"
          disabled={problem !== null || creating.busy}
          onClick={() => void create()}
        >
          Add the pipeline <Kbd inverse>Ctrl S</Kbd>
        </Button>
      </footer>
    </main>
  );
}
