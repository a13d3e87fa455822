import { useState } from 'react';
import { useLocation } from 'wouter';
import type { PipelineEffects } from '../../electron/core/api/care-contract.ts';
import { unsavedWords } from '../drafts/unsaved-words.ts';
import { useEditDraft } from '../drafts/use-drafts.tsx';
import type { Pipeline, PipelineDraft, StageId } from '../records.ts';
import { useOffice } from '../shell/office.tsx';
import { useShortcut } from '../shell/use-shortcut.ts';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { Notice } from '../ui/notice.tsx';
import { useQuery } from '../use-query.ts';
import { useRequest } from '../use-request.ts';
import { EditorBody, EditorHead } from './editor-parts.tsx';
import { narrowerWords, widerWords } from './effects-words.ts';
import { changesOf, draftOf, problemOf } from './pipeline-draft.ts';
import { RemovedStages } from './removed-stages.tsx';

/** What an admin changed and did not save. */
interface PipelineEdit {
  /** What stood when they began. */
  readonly from: PipelineDraft;
  readonly now: PipelineDraft;
  /** By the removed stage, where its jobs go. */
  readonly goesTo: Readonly<Record<string, StageId>>;
}

/** Edits a pipeline. What widens a customer's sight is said before it is saved, and asked. (A5, C3) */
export function PipelineEditor({ pipeline, hasBack }: { pipeline: Pipeline; hasBack: boolean }) {
  const { me, jobsByPipeline } = useOffice();
  const [, goTo] = useLocation();
  const stored = useEditDraft<PipelineEdit>({
    subject: `pipeline ${pipeline.id}`,
    memberId: me.id,
  });
  const edit = stored.draft;
  const goesTo = edit?.goesTo ?? {};
  const [asking, setAsking] = useState<'save' | 'remove' | null>(null);
  const saving = useRequest('pipelines.update');
  const removing = useRequest('pipelines.remove');
  const saved = draftOf(pipeline);
  const draft = edit?.now ?? saved;
  const changes = edit === undefined ? [] : changesOf(edit.from, edit.now);
  const isSound = problemOf(draft) === null;

  const gone = (edit?.from ?? saved).stages.filter(
    ({ id }) => !draft.stages.some((stage) => stage.id === id),
  );
  const moves = gone.flatMap(({ id }) => {
    const toStageId = goesTo[id];
    const isThere = draft.stages.some((stage) => stage.id === toStageId);
    return toStageId === undefined || !isThere ? [] : [{ fromStageId: id, toStageId }];
  });
  const { name: _name, hue: _hue, ...asked } = isSound ? draft : saved;
  const { value } = useQuery('pipelines.effects', { pipelineId: pipeline.id, ...asked, moves });
  const jobsByStage = value?.jobsByStage ?? {};
  const withJobs = gone.filter(({ id }) => (jobsByStage[id] ?? 0) > 0);
  const isUntold = withJobs.some(({ id }) => !moves.some((move) => move.fromStageId === id));
  const problem =
    problemOf(draft) ?? (isUntold ? 'Say where the jobs of removed stages go.' : null);

  const set = (change: Partial<PipelineDraft>) => {
    saving.clear();
    stored.change((before = { from: saved, now: saved, goesTo: {} }) => ({
      ...before,
      now: { ...before.now, ...change },
    }));
  };
  const save = async () => {
    setAsking(null);
    const answer = await saving.send({ pipelineId: pipeline.id, changes, moves });
    if (answer !== undefined) stored.change(() => undefined);
  };
  const canSave = changes.length > 0 && problem === null && !saving.busy;
  const press = () => {
    if (!canSave) return;
    if (value?.effects.isWider === true) setAsking('save');
    else void save();
  };
  useShortcut([{ key: 's', mod: true }], press);
  useShortcut([{ key: 'escape' }], () => goTo('/settings/pipelines'));

  const isAdmin = me.role === 'admin';
  const remove = async () => {
    setAsking(null);
    if ((await removing.send({ pipelineId: pipeline.id })) !== undefined)
      goTo('/settings/pipelines');
  };
  return (
    <main className="flex min-w-0 flex-1 flex-col bg-surface">
      <EditorHead draft={draft} isAdmin={isAdmin} hasBack={hasBack} onChange={set} />
      <EditorBody
        draft={draft}
        isAdmin={isAdmin}
        savedFieldIds={new Set(pipeline.fields.map(({ id }) => id))}
        jobsByStage={jobsByStage}
        onChange={set}
        below={
          isAdmin && (
            <div>
              <Button
                small
                look="danger"
                className="-ml-2.5"
                disabled={(jobsByPipeline[pipeline.id] ?? 0) > 0}
                onClick={() => setAsking('remove')}
              >
                Remove this pipeline
              </Button>
              {(jobsByPipeline[pipeline.id] ?? 0) > 0 && (
                <p className="text-sm text-ink-3">It has jobs, so it stays.</p>
              )}
              {removing.sentence !== null && <Notice look="danger">{removing.sentence}</Notice>}
            </div>
          )
        }
      />
      {changes.length > 0 && (
        <footer className="grid gap-2.5 border-t border-line bg-surface-2 px-6 py-3">
          {withJobs.length > 0 && (
            <RemovedStages
              stages={withJobs}
              draft={draft}
              jobsByStage={jobsByStage}
              goesTo={goesTo}
              onGoesTo={(from, to) =>
                stored.change(
                  (before) => before && { ...before, goesTo: { ...goesTo, [from]: to } },
                )
              }
            />
          )}
          {value != null && isSound && <EffectLines effects={value.effects} />}
          {saving.sentence !== null && <Notice look="danger">Not saved. {saving.sentence}</Notice>}
          <div className="flex items-center gap-2">
            <span role="status" className="min-w-0 flex-1 truncate text-ink-2">
              {problem ?? unsavedWords(changes.length, stored.state)}
            </span>
            <Button look="quiet" onClick={() => stored.change(() => undefined)}>
              Undo changes
            </Button>
            <Button look="primary" disabled={!canSave} onClick={press}>
              Save <Kbd inverse>Ctrl S</Kbd>
            </Button>
          </div>
        </footer>
      )}
      {asking === 'save' && value != null && (
        <Confirm
          title="Customers will see or may do more"
          action="Save and show"
          keep="Look again"
          onConfirm={() => void save()}
          onClose={() => setAsking(null)}
        >
          <EffectLines effects={value.effects} />
        </Confirm>
      )}
      {asking === 'remove' && (
        <Confirm
          title={`Remove “${pipeline.name}”?`}
          action="Remove"
          keep="Keep it"
          onConfirm={() => void remove()}
          onClose={() => setAsking(null)}
        >
          No job is in it. It is no longer offered for new jobs.
        </Confirm>
      )}
    </main>
  );
}

function EffectLines({ effects }: { effects: PipelineEffects['effects'] }) {
  const wider = widerWords(effects);
  const narrower = narrowerWords(effects);
  if (wider.length + narrower.length === 0) return null;
  return (
    <ul aria-label="What changes for customers" className="grid gap-1">
      {wider.map((words) => (
        <li key={words} className="font-medium text-visible-ink">
          {words}
        </li>
      ))}
      {narrower.map((words) => (
        <li key={words} className="text-ink-2">
          {words}
        </li>
      ))}
    </ul>
  );
}
