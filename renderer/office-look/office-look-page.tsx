import { ImageUp } from 'lucide-react';
import { useRef, useState } from 'react';
import { lookOf } from './office-mark.tsx';
import { LookPreview } from './look-preview.tsx';
import { Section } from '../customers/section.tsx';
import { hueName } from '../pipelines/hue-menu.tsx';
import { HUES } from '../pipelines/pipeline-draft.ts';
import type { Hue, WorkspaceChange } from '../records.ts';
import { useOffice } from '../shell/office.tsx';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { TextField } from '../ui/field.tsx';
import { HueDot } from '../ui/hue-dot.tsx';
import { Notice } from '../ui/notice.tsx';
import { useBridge } from '../use-bridge.tsx';
import { useRequest } from '../use-request.ts';

/** How the office looks in the portal and in mails: name, colour and logo. (E1) */
export function OfficeLookPage() {
  const { workspace, me } = useOffice();
  const isAdmin = me.role === 'admin';
  const saving = useRequest('workspace.update');
  const [typedName, setTypedName] = useState<string | null>(null);
  const name = typedName ?? workspace.name;
  const { hue = null, logoBlobId = null } = workspace;
  const save = (change: WorkspaceChange) => saving.send({ changes: [change] });
  const saveName = async () => {
    if (name.trim() === '' || name.trim() === workspace.name) return;
    if ((await save({ field: 'name', from: workspace.name, to: name.trim() })) !== undefined)
      setTypedName(null);
  };
  return (
    <main className="flex min-w-0 flex-1 flex-col bg-surface">
      <header className="flex h-[53px] shrink-0 items-center border-b border-line px-6">
        <h1 className="text-lg font-semibold tracking-tight">How the office looks to customers</h1>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-6 py-5">
        {!isAdmin && (
          <Notice look="calm" className="mb-5 max-w-[560px]">
            Only admins change how the office looks.
          </Notice>
        )}
        <div className="grid max-w-[1000px] gap-x-10 gap-y-7 min-[1080px]:grid-cols-[minmax(0,1fr)_320px]">
          <fieldset disabled={!isAdmin} className="grid min-w-0 max-w-[560px] content-start gap-8">
            <Section title="Name">
              <form
                className="flex items-end gap-2"
                onSubmit={(event) => {
                  event.preventDefault();
                  void saveName();
                }}
              >
                <TextField
                  className="flex-1"
                  label="In the portal, in mails and here"
                  dir="auto"
                  maxLength={200}
                  value={name}
                  onChange={(event) => setTypedName(event.target.value)}
                />
                <Button
                  type="submit"
                  look="primary"
                  disabled={name.trim() === '' || name.trim() === workspace.name || saving.busy}
                >
                  Save
                </Button>
              </form>
            </Section>
            <HueChoice hue={hue} onChoose={(to) => void save({ field: 'hue', from: hue, to })} />
            <Logo
              logoBlobId={logoBlobId}
              onChoose={(to) => void save({ field: 'logoBlobId', from: logoBlobId, to })}
            />
            {saving.sentence !== null && (
              <Notice look="danger">Not saved. {saving.sentence}</Notice>
            )}
          </fieldset>
          <div className="max-w-[420px] min-[1080px]:sticky min-[1080px]:top-0 min-[1080px]:self-start">
            <LookPreview
              look={{ ...lookOf(workspace), name: name.trim() === '' ? workspace.name : name }}
            />
          </div>
        </div>
      </div>
    </main>
  );
}

function HueChoice({ hue, onChoose }: { hue: Hue | null; onChoose: (hue: Hue | null) => void }) {
  return (
    <Section title="Colour">
      <div role="radiogroup" aria-label="Colour of the office" className="flex flex-wrap gap-1.5">
        {[null, ...HUES].map((each) => (
          <button
            key={each ?? 'none'}
            type="button"
            role="radio"
            aria-checked={hue === each}
            onClick={() => onChoose(each)}
            className={classNames(
              'inline-flex h-8 items-center gap-2 rounded-full border px-3',
              hue === each ? 'border-ink font-semibold' : 'border-line-strong hover:border-ink-3',
            )}
          >
            {each === null ? 'None' : <HueDot hue={each} className="size-3" />}
            {each !== null && hueName(each)}
          </button>
        ))}
      </div>
    </Section>
  );
}

type LogoId = Extract<WorkspaceChange, { field: 'logoBlobId' }>['to'];

function Logo({ logoBlobId, onChoose }: { logoBlobId: LogoId; onChoose: (logo: LogoId) => void }) {
  const bridge = useBridge();
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    const result = await bridge
      .addFile(file, () => undefined)
      .catch((error: unknown) => ({ kind: 'refused' as const, sentence: String(error) }));
    setProblem(result.kind === 'refused' ? result.sentence : null);
    if (result.kind === 'added') onChoose(result.blobId);
  };
  return (
    <Section title="Logo">
      <div className="flex items-center gap-2">
        <Button onClick={() => input.current?.click()}>
          <ImageUp aria-hidden size={15} />
          {logoBlobId === null ? 'Choose a picture' : 'Choose another picture'}
        </Button>
        {logoBlobId !== null && (
          <Button look="quiet" onClick={() => onChoose(null)}>
            Remove the logo
          </Button>
        )}
      </div>
      <p className="mt-1.5 text-sm text-ink-3">
        {logoBlobId === null
          ? 'Without one, the first letter of the name stands there.'
          : 'A logo is set. It stands on every page of the portal.'}{' '}
        PNG, JPEG, WebP or GIF, at most 512 kB.
      </p>
      {problem !== null && (
        <p role="alert" className="mt-1 text-sm text-danger">
          {problem}
        </p>
      )}
      <input
        ref={input}
        type="file"
        hidden
        aria-label="Picture of the logo"
        accept="image/png,image/jpeg,image/webp,image/gif"
        onChange={(event) => {
          void take(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
    </Section>
  );
}
