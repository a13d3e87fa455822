import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { PipelineEffects } from '../../electron/core/api/care-contract.ts';
import type { Pipeline, PipelineDraft, StageId } from '../records.ts';
import { useOffice } from '../shell/office.tsx';
import { useShortcut } from '../shell/use-shortcut.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { INPUT_LOOK } from '../ui/field.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { Notice } from '../ui/notice.tsx';
import { countOf } from '../ui/size-words.ts';
import { useQuery } from '../use-query.ts';
import { useRequest } from '../use-request.ts';
import { CustomerSwitches } from './customer-switches.tsx';
import { narrowerWords, widerWords } from './effects-words.ts';
import { FieldRows } from './field-rows.tsx';
import { HueMenu } from './hue-menu.tsx';
import { changesOf, draftOf, emptyDraft, problemOf } from './pipeline-draft.ts';
import { PortalSketch } from './portal-sketch.tsx';
import { RemovedStages } from './removed-stages.tsx';
import { StageRows } from './stage-rows.tsx';

/** Edits a pipeline. What widens a customer's sight is said before it is saved, and asked. (A5) */
export function PipelineEditor({ pipeline, hasBack }: { pipeline: Pipeline; hasBack: boolean }) {
  const { me, jobsByPipeline } = useOffice();
  const [, goTo] = useLocation();
  const [edit, setEdit] = useState<{ from: PipelineDraft; now: PipelineDraft } | null>(null);
  const [goesTo, setGoesTo] = useState<Readonly<Record<string, StageId>>>({});
  const [asking, setAsking] = useState<'save' | 'remove' | null>(null);
  const saving = useRequest('pipelines.update');
  const removing = useRequest('pipelines.remove');
  const saved = draftOf(pipeline);
  const draft = edit?.now ?? saved;
  const changes = edit === null ? [] : changesOf(edit.from, edit.now);
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
    setEdit((before) => ({
      from: before?.from ?? saved,
      now: { ...(before?.now ?? saved), ...change },
    }));
  };
  const save = async () => {
    setAsking(null);
    const answer = await saving.send({ pipelineId: pipeline.id, changes, moves });
    if (answer === undefined) return;
    setEdit(null);
    setGoesTo({});
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
              onGoesTo={(from, to) => setGoesTo({ ...goesTo, [from]: to })}
            />
          )}
          {value != null && isSound && <EffectLines effects={value.effects} />}
          {saving.sentence !== null && <Notice look="danger">Not saved. {saving.sentence}</Notice>}
          <div className="flex items-center gap-2">
            <span role="status" className="min-w-0 flex-1 truncate text-ink-2">
              {problem ?? countOf(changes.length, 'unsaved change')}
            </span>
            <Button look="quiet" onClick={() => setEdit(null)}>
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

/** A pipeline that is not there yet. */
export function NewPipeline({ hasBack }: { hasBack: boolean }) {
  const [draft, setDraft] = useState(emptyDraft);
  const [, goTo] = useLocation();
  const creating = useRequest('pipelines.create');
  const problem = problemOf(draft);
  const create = async () => {
    if (problem !== null || creating.busy) return;
    const made = await creating.send({ ...draft, name: draft.name.trim() });
    if (made !== undefined) goTo(`/settings/pipelines/${made.pipelineId}`, { replace: true });
  };
  useShortcut([{ key: 's', mod: true }], () => void create());
  useShortcut([{ key: 'escape' }], () => goTo('/settings/pipelines'));
  const set = (change: Partial<PipelineDraft>) => setDraft({ ...draft, ...change });
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
        <Button look="quiet" onClick={() => goTo('/settings/pipelines')}>
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

function EditorHead({
  draft,
  isAdmin,
  hasBack,
  onChange,
}: {
  draft: PipelineDraft;
  isAdmin: boolean;
  hasBack: boolean;
  onChange: (change: Partial<PipelineDraft>) => void;
}) {
  const [, goTo] = useLocation();
  return (
    <header className="flex h-[53px] shrink-0 items-center gap-2.5 border-b border-line px-6">
      {hasBack && (
        <IconButton
          label="Back to the pipelines"
          keys="Esc"
          className="-ml-2"
          onClick={() => goTo('/settings/pipelines')}
        >
          <ArrowLeft aria-hidden size={17} />
        </IconButton>
      )}
      <h1 className="sr-only">{draft.name === '' ? 'New pipeline' : draft.name}</h1>
      <HueMenu
        label="Colour of the pipeline"
        hue={draft.hue}
        disabled={!isAdmin}
        onChange={(hue) => onChange({ hue })}
      />
      <input
        aria-label="Name of the pipeline"
        dir="auto"
        maxLength={200}
        placeholder="Name of the pipeline"
        disabled={!isAdmin}
        className={`${INPUT_LOOK} w-full max-w-[420px] font-semibold`}
        value={draft.name}
        onChange={(event) => onChange({ name: event.target.value })}
      />
    </header>
  );
}

function EditorBody({
  draft,
  isAdmin,
  savedFieldIds,
  jobsByStage,
  onChange,
  below,
}: {
  draft: PipelineDraft;
  isAdmin: boolean;
  savedFieldIds: ReadonlySet<string>;
  jobsByStage: Readonly<Record<string, number>>;
  onChange: (change: Partial<PipelineDraft>) => void;
  below: React.ReactNode;
}) {
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-6 py-5">
      {!isAdmin && (
        <Notice look="calm" className="mb-5">
          Only admins change pipelines. You can read how they are set.
        </Notice>
      )}
      <div className="grid max-w-[1040px] gap-x-8 gap-y-7 min-[1180px]:grid-cols-[minmax(0,1fr)_250px]">
        <fieldset
          disabled={!isAdmin}
          className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-8"
        >
          <StageRows
            stages={draft.stages}
            jobsByStage={jobsByStage}
            onChange={(stages) => onChange({ stages })}
          />
          <CustomerSwitches draft={draft} onChange={onChange} />
          <FieldRows
            fields={draft.fields}
            savedIds={savedFieldIds}
            onChange={(fields) => onChange({ fields })}
          />
          {below}
        </fieldset>
        <div className="max-[1179px]:order-first min-[1180px]:sticky min-[1180px]:top-0 min-[1180px]:self-start">
          <PortalSketch draft={draft} />
        </div>
      </div>
    </div>
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
