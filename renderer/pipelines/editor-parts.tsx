import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { PipelineDraft } from '../records.ts';
import { IconButton } from '../ui/button.tsx';
import { INPUT_LOOK } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { CustomerSwitches } from './customer-switches.tsx';
import { FieldRows } from './field-rows.tsx';
import { HueMenu } from './hue-menu.tsx';
import { PortalSketch } from './portal-sketch.tsx';
import { StageRows } from './stage-rows.tsx';

/** Colour and name, and the way back where the list is not beside it. */
export function EditorHead({
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

/** Stages, switches and form, beside them what a customer would see. (A5) */
export function EditorBody({
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
  below: ReactNode;
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
