import { type ReactNode, useState } from 'react';
import { toast } from 'sonner';
import { useLocation } from 'wouter';
import type { JobPage } from '../../electron/core/api/jobs-contract.ts';
import type { FileBrief, FileRow } from '../../electron/core/api/files-contract.ts';
import { useOffice } from '../shell/office.tsx';
import { countOf } from '../ui/size-words.ts';
import { useRequest } from '../use-request.ts';
import { RedactFiles, RenameFile, WithdrawFiles } from './file-questions.tsx';
import { MissingFiles } from './missing-files.tsx';
import { saveFile } from './save-file.ts';
import { useOpenFile } from './use-open-file.ts';
import { WidenFiles } from './widen-files.tsx';

export type FileAct =
  | 'open'
  | 'save'
  | 'zip'
  | 'zip-customer'
  | 'show-entry'
  | 'older'
  | 'make-visible'
  | 'make-internal'
  | 'rename'
  | 'withdraw'
  | 'redact';

type ActOnRows = Exclude<FileAct, 'zip' | 'zip-customer'>;
type Question = 'make-visible' | 'rename' | 'withdraw' | 'redact';

export interface FileActs {
  /** What can be done with these files, by whoever is signed in. */
  possible(files: readonly FileBrief[]): ReadonlySet<FileAct>;
  perform(act: FileAct, files: readonly FileBrief[]): void;
  /** The question an act asks first, and what became of a zip. */
  readonly windows: ReactNode;
  readonly isZipping: boolean;
}

interface FileActsParts {
  /** Undefined where the row is not here now. */
  rowOf(id: string): FileRow | undefined;
  onOlder(file: FileRow): void;
}

/** Everything that can be done with a job's files; whatever could harm a customer asks first. (C10, D3, D9) */
export function useFileActs(page: JobPage, { rowOf, onOlder }: FileActsParts): FileActs {
  const { me } = useOffice();
  const open = useOpenFile();
  const [, goTo] = useLocation();
  const [asking, setAsking] = useState<{ what: Question; files: readonly FileRow[] } | null>(null);
  const [offer, setOffer] = useState<{ url: string | null; missing: readonly string[] } | null>(
    null,
  );
  const zip = useRequest('files.zip', toast.error);
  const narrow = useRequest('files.change-audience', toast.error);
  const fetching = useRequest('files.rows', toast.error);
  const isAdmin = me.role === 'admin';

  const possible = (files: readonly FileBrief[]): ReadonlySet<FileAct> => {
    const there = files.filter(({ undone }) => undone?.how !== 'redacted');
    const standing = there.filter(({ undone }) => undone === null);
    const [first] = there;
    const acts = new Set<FileAct>();
    const allow = (act: FileAct, isAllowed: boolean) => isAllowed && acts.add(act);
    allow('show-entry', files.length === 1);
    allow('older', files.length === 1 && files[0]?.older.length !== 0);
    if (first === undefined) return acts;
    allow('save', there.length === 1);
    allow('open', there.length === 1);
    allow('rename', there.length === 1);
    allow('zip', there.length > 1);
    allow('zip-customer', standing.filter(({ audience }) => audience === 'visible').length > 0);
    allow('make-visible', standing.some(canBeVisible));
    allow('make-internal', standing.some(canBeInternal));
    allow('withdraw', standing.length > 0 && standing.every(({ mine }) => mine || isAdmin));
    allow('redact', isAdmin);
    return acts;
  };

  const makeZip = async (files: readonly FileBrief[], copy: 'full' | 'customer') => {
    const attachmentIds = files.map(({ id }) => id);
    const answer = await zip.send({ jobId: page.job.id, attachmentIds, copy });
    if (answer === undefined) return;
    if (answer.missing.length > 0) setOffer(answer);
    else if (answer.url !== null) saveFile(answer.url);
  };
  const makeInternal = async (files: readonly FileRow[]) => {
    const changing = files.filter((file) => file.undone === null && canBeInternal(file));
    for (const { id, name } of changing) {
      const done = await narrow.send({
        attachmentId: id,
        audience: 'internal',
        fromName: name,
        keepsLocation: false,
        seenVersion: page.seenVersion,
      });
      if (done === undefined) return;
    }
    toast(`${countOf(changing.length, 'file')} made internal`);
  };

  const perform = (act: FileAct, files: readonly FileBrief[]) => {
    if (files.length === 0 || !possible(files).has(act)) return;
    if (act === 'zip') void makeZip(files, 'full');
    else if (act === 'zip-customer') void makeZip(files, 'customer');
    else {
      const here = files.map(({ id }) => rowOf(id)).filter((row) => row !== undefined);
      if (here.length === files.length) performOn(act, here);
      else void fetchRows(files).then((rows) => performOn(act, rows));
    }
  };
  const fetchRows = async (files: readonly FileBrief[]) => {
    const attachmentIds = files.map(({ id }) => id);
    return (await fetching.send({ jobId: page.job.id, attachmentIds })) ?? [];
  };
  const performOn = (act: ActOnRows, files: readonly FileRow[]) => {
    const [file] = files;
    if (file === undefined) return;
    switch (act) {
      case 'open':
        open(file);
        break;
      case 'save':
        saveFile(`${file.url}?download`, file.name);
        break;
      case 'show-entry':
        goTo(`/jobs/${page.job.id}?entry=${file.entryId}`);
        break;
      case 'older':
        onOlder(file);
        break;
      case 'make-internal':
        void makeInternal(files);
        break;
      case 'make-visible':
        setAsking({ what: act, files: files.filter(isWidened) });
        break;
      case 'withdraw':
        setAsking({ what: act, files: files.filter(({ undone }) => undone === null) });
        break;
      case 'rename':
      case 'redact':
        setAsking({ what: act, files: files.filter(isNotRedacted) });
        break;
    }
  };

  const close = () => setAsking(null);
  return {
    possible,
    perform,
    isZipping: zip.busy,
    windows: (
      <>
        {asking?.what === 'make-visible' && (
          <WidenFiles page={page} files={asking.files} onClose={close} />
        )}
        {asking?.what === 'rename' && asking.files[0] !== undefined && (
          <RenameFile file={asking.files[0]} onClose={close} />
        )}
        {asking?.what === 'withdraw' && (
          <WithdrawFiles page={page} files={asking.files} onClose={close} />
        )}
        {asking?.what === 'redact' && (
          <RedactFiles page={page} files={asking.files} onClose={close} />
        )}
        {offer !== null && <MissingFiles {...offer} onClose={() => setOffer(null)} />}
      </>
    ),
  };
}

const canBeVisible = ({ audience }: FileBrief) => audience === 'internal';
/** What a customer sent stays visible to them. */
const canBeInternal = ({ audience, fromCustomer }: FileBrief) =>
  audience === 'visible' && !fromCustomer;
const isWidened = (file: FileRow) => file.undone === null && canBeVisible(file);
const isNotRedacted = ({ undone }: FileRow) => undone?.how !== 'redacted';
