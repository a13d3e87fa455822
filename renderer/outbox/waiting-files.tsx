import { Paperclip, TriangleAlert } from 'lucide-react';
import { useRef, useState } from 'react';
import type { OutboxItem } from '../../electron/core/api/outbox-contract.ts';
import type { OutboxFile } from '../../electron/core/api/transfers-contract.ts';
import { refusalBefore } from '../attachments/picked-file.ts';
import { SendingBar } from '../transfers/sending-bar.tsx';
import { transferWords } from '../transfers/transfer-words.ts';
import { useTransfers } from '../transfers/use-transfers.ts';
import { Button } from '../ui/button.tsx';
import { sizeWords } from '../ui/size-words.ts';
import { useBridge } from '../use-bridge.tsx';
import { useRequest } from '../use-request.ts';

/** The files of something that waits: how far each came, and what to do about one that cannot go. (D7) */
export function WaitingFiles({ item, isOffline }: { item: OutboxItem; isOffline: boolean }) {
  const transfers = useTransfers();
  if (item.files.length === 0) return null;
  return (
    <ul aria-label="Files" className="mt-1 flex flex-col gap-1 text-sm">
      {item.files.map((file) => {
        const transfer = transfers.get(file.blobId);
        if (file.problem !== null) return <StuckFile key={file.blobId} item={item} file={file} />;
        return (
          <li key={file.blobId} className="flex min-w-0 items-center gap-1.5 text-ink-2">
            <Paperclip aria-hidden size={13} className="shrink-0" />
            <span className="min-w-0 truncate">{file.name}</span>
            <span className="shrink-0 text-ink-3 tabular-nums">
              {transfer === undefined
                ? sizeWords(file.sizeBytes)
                : transferWords(transfer, isOffline)}
            </span>
            <SendingBar name={file.name} transfer={transfer} className="w-20 shrink-0" />
          </li>
        );
      })}
    </ul>
  );
}

function StuckFile({ item, file }: { item: OutboxItem; file: OutboxFile }) {
  const { mutationId } = item;
  const input = useRef<HTMLInputElement>(null);
  const replacing = useReplaceFile(item, file);
  const remove = useRequest('outbox.remove-file');
  const problem = replacing.sentence ?? remove.sentence;
  return (
    <li className="rounded-md bg-warn-soft px-2.5 py-1.5 text-ink">
      <p className="flex items-start gap-1.5">
        <TriangleAlert aria-hidden size={14} className="mt-0.5 shrink-0 text-warn" />
        <span className="min-w-0 text-pretty break-words">{file.problem}</span>
      </p>
      <span className="mt-1 flex flex-wrap items-center gap-1">
        <Button small disabled={replacing.busy} onClick={() => input.current?.click()}>
          Replace file
        </Button>
        <Button
          small
          look="quiet"
          disabled={remove.busy}
          onClick={() => void remove.send({ mutationId, blobId: file.blobId })}
        >
          Leave it out
        </Button>
        {problem !== null && (
          <span role="alert" className="text-danger">
            {problem}
          </span>
        )}
      </span>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={`File in place of ${file.name}`}
        onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          event.target.value = '';
          if (chosen !== undefined) void replacing.replaceBy(chosen);
        }}
      />
    </li>
  );
}

/** Takes the chosen file in, then puts it in the place of the one that cannot go. */
function useReplaceFile({ mutationId }: OutboxItem, { blobId }: OutboxFile) {
  const bridge = useBridge();
  const replace = useRequest('outbox.replace-file');
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isTaking, setIsTaking] = useState(false);
  const replaceBy = async (chosen: File) => {
    const early = refusalBefore(chosen);
    setRefusal(early);
    if (early !== null) return;
    setIsTaking(true);
    const added = await bridge.addFile(chosen, () => undefined);
    setIsTaking(false);
    if (added.kind === 'refused') setRefusal(added.sentence);
    else await replace.send({ mutationId, blobId, by: { blobId: added.blobId, name: added.name } });
  };
  return { replaceBy, busy: isTaking || replace.busy, sentence: refusal ?? replace.sentence };
}
