import { type SyntheticEvent, useEffect, useRef, useState } from 'react';
import { toast } from 'sonner';
import type { JobPage } from '../../electron/core/api/jobs-contract.ts';
import type { FileRow } from '../../electron/core/api/files-contract.ts';
import { Button } from '../ui/button.tsx';
import { Confirm, Dialog, DialogFoot } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { countOf } from '../ui/size-words.ts';
import { useRequest } from '../use-request.ts';

const LONGEST_NAME = 200;

export function RenameFile({ file, onClose }: { file: FileRow; onClose: () => void }) {
  const [name, setName] = useState(file.name);
  const field = useRef<HTMLInputElement>(null);
  const request = useRequest('files.rename');
  useEffect(() => {
    // The ending stays unless somebody means it: without it no program knows the file.
    const ending = /\.[^.]{1,12}$/.exec(file.name)?.[0].length ?? 0;
    field.current?.focus();
    field.current?.setSelectionRange(0, file.name.length - ending);
  }, [file.name]);
  const rename = async (event: SyntheticEvent) => {
    event.preventDefault();
    const args = { attachmentId: file.id, fromName: file.name, toName: name.trim() };
    if ((await request.send(args)) === undefined) return;
    toast('Renamed');
    onClose();
  };
  return (
    <Dialog title="Rename file" onClose={onClose}>
      <form onSubmit={(event) => void rename(event)}>
        <div className="px-5 pb-4">
          <TextField
            ref={field}
            label="Name"
            dir="auto"
            value={name}
            maxLength={LONGEST_NAME}
            error={request.sentence}
            hint={file.audience === 'visible' ? 'The customer sees the new name, too.' : undefined}
            onChange={(event) => setName(event.target.value)}
          />
        </div>
        <DialogFoot>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            look="primary"
            disabled={request.busy || name.trim() === '' || name.trim() === file.name}
          >
            Rename
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}

interface FilesQuestion {
  readonly page: JobPage;
  readonly files: readonly FileRow[];
  readonly onClose: () => void;
}

export function WithdrawFiles({ page, files, onClose }: FilesQuestion) {
  const request = useRequest('files.withdraw', toast.error);
  const { name } = page.customer;
  const isSeen = files.some(({ audience }) => audience === 'visible');
  const withdraw = async () => {
    for (const { id } of files)
      if ((await request.send({ attachmentId: id })) === undefined) return;
    toast(files.length === 1 ? 'Withdrawn' : `${countOf(files.length, 'file')} withdrawn`);
  };
  return (
    <Confirm
      title={`Withdraw ${whatWords(files)}?`}
      action="Withdraw"
      keep="Leave it"
      onConfirm={() => void withdraw()}
      onClose={onClose}
    >
      <p className="text-pretty">
        Your team still sees {files.length === 1 ? 'it' : 'them'}, marked as withdrawn.{' '}
        {isSeen
          ? `${name} no longer does, but keeps what was downloaded already.`
          : `${name} cannot see ${files.length === 1 ? 'it' : 'them'} now.`}
      </p>
      <NameList files={files} />
    </Confirm>
  );
}

export function RedactFiles({ page, files, onClose }: FilesQuestion) {
  const request = useRequest('files.redact', toast.error);
  const { name } = page.customer;
  const wasSeen = files.some(({ audience }) => audience === 'visible');
  const redact = async () => {
    for (const { id } of files)
      if ((await request.send({ attachmentId: id })) === undefined) return;
    toast(files.length === 1 ? 'Removed for good' : `${countOf(files.length, 'file')} removed`);
  };
  return (
    <Confirm
      title={`Remove ${whatWords(files)} for good?`}
      action="Remove for good"
      keep="Keep it"
      onConfirm={() => void redact()}
      onClose={onClose}
    >
      <p className="text-pretty">
        The bytes, and every picture made of them, are deleted on the server and on all desktops as
        they connect. Nobody can bring them back. The name and the entry stay.
      </p>
      <p className="mt-1.5 text-pretty">
        {wasSeen
          ? `${name} may have downloaded it already; that copy cannot be reached. `
          : `${name} cannot see it now. `}
        Backups of the server keep it until they are replaced.
      </p>
      <NameList files={files} />
    </Confirm>
  );
}

function whatWords(files: readonly FileRow[]): string {
  return files.length === 1 ? 'this file' : countOf(files.length, 'file');
}

function NameList({ files }: { files: readonly FileRow[] }) {
  return (
    <ul className="mt-2 max-h-40 overflow-y-auto border-l-3 border-line-strong pl-3 text-ink">
      {files.map(({ id, name }) => (
        <li key={id} className="break-words">
          <bdi>{name}</bdi>
        </li>
      ))}
    </ul>
  );
}
