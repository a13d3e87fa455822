import { FileX2 } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { FeedAttachment } from '../../electron/core/api/files-contract.ts';
import { TypeMark } from '../attachments/type-mark.tsx';
import { AfterPatience, SkeletonBar } from '../ui/skeleton.tsx';
import { sizeWords } from '../ui/size-words.ts';

/** More of a text than anybody reads here; the rest is in the file. */
const SHOWN_TEXT_BYTES = 200_000;

export function PreviewBody({ file }: { file: FeedAttachment }) {
  if (file.undone?.how === 'redacted')
    return (
      <Nothing file={file} icon={<FileX2 aria-hidden size={30} strokeWidth={1.4} />}>
        This file was removed for good. Its bytes are nowhere any more.
      </Nothing>
    );
  if (file.mediaType === 'text/plain') return <TextBody file={file} />;
  if (file.previewUrl !== null) return <PictureBody file={file} url={file.previewUrl} />;
  return <Nothing file={file}>{noPreviewWords(file)}</Nothing>;
}

function noPreviewWords({ problem, mediaType }: FeedAttachment): string {
  if (problem !== null) return `No preview: ${problem}`;
  const isPictured = mediaType.startsWith('image/') || mediaType === 'application/pdf';
  return isPictured
    ? 'Its preview is not made yet. Open or save it to see it.'
    : 'There is no preview of this kind of file. Open or save it to read it.';
}

function PictureBody({ file, url }: { file: FeedAttachment; url: string }) {
  const [isBroken, setIsBroken] = useState(false);
  if (isBroken)
    return (
      <Nothing file={file}>
        “{file.name}” cannot be shown. It is not on this device yet and the server cannot be
        reached, or the picture is damaged. Save it, or try again when you are online.
      </Nothing>
    );
  return (
    <div className="relative min-h-0 flex-1 bg-surface-2">
      <img
        key={url}
        src={url}
        alt={file.name}
        onError={() => setIsBroken(true)}
        className="absolute inset-4 h-[calc(100%-32px)] w-[calc(100%-32px)] object-contain"
      />
      {file.mediaType === 'application/pdf' && (
        <p className="absolute inset-x-0 bottom-3 mx-auto w-fit rounded-full bg-ink/80 px-3 py-0.5 text-sm text-surface">
          First page. Open or save it to read on.
        </p>
      )}
    </div>
  );
}

type Read =
  | { readonly kind: 'reading' }
  | { readonly kind: 'read'; readonly text: string; readonly isWhole: boolean }
  | { readonly kind: 'failed' };

function TextBody({ file }: { file: FeedAttachment }) {
  const [read, setRead] = useState<Read>({ kind: 'reading' });
  useEffect(() => {
    const leaving = new AbortController();
    readText(file.url, leaving.signal).then(
      (text) => setRead({ kind: 'read', ...text }),
      () => leaving.signal.aborted || setRead({ kind: 'failed' }),
    );
    return () => leaving.abort();
  }, [file.url]);
  if (read.kind === 'reading')
    return (
      <div className="min-h-0 flex-1 bg-surface-2 p-8">
        <AfterPatience>
          <SkeletonBar className="w-2/3" />
        </AfterPatience>
      </div>
    );
  if (read.kind === 'failed')
    return (
      <Nothing file={file}>
        “{file.name}” cannot be shown. It is not on this device yet and the server cannot be
        reached. Try again when you are online.
      </Nothing>
    );
  return (
    // What scrolls must be reachable by keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div tabIndex={0} className="min-h-0 flex-1 overflow-auto bg-surface-2 px-8 py-6">
      <pre
        dir="auto"
        className="mx-auto max-w-[90ch] font-sans text-read leading-read break-words whitespace-pre-wrap"
      >
        {read.text}
      </pre>
      {!read.isWhole && (
        <p className="mx-auto mt-4 max-w-[90ch] text-sm text-ink-3">
          The beginning of a longer text. Open or save it to read on.
        </p>
      )}
    </div>
  );
}

async function readText(url: string, signal: AbortSignal) {
  const answer = await fetch(url, { signal });
  if (!answer.ok) throw new Error(`The file was answered with ${answer.status}.`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const text = decoderFor(bytes).decode(bytes.subarray(0, SHOWN_TEXT_BYTES));
  return { text, isWhole: bytes.length <= SHOWN_TEXT_BYTES };
}

/** What Windows' editor writes says so in its first two bytes. */
function decoderFor([first, second]: Uint8Array): TextDecoder {
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le');
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be');
  return new TextDecoder();
}

/** What a file is where nothing of it can be shown. */
function Nothing({
  file,
  icon,
  children,
}: {
  file: FeedAttachment;
  icon?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="grid min-h-0 flex-1 place-items-center overflow-y-auto bg-surface-2 p-6">
      <div className="max-w-[52ch] text-center">
        <span className="mx-auto grid h-24 w-20 place-items-center overflow-hidden rounded-lg border border-line bg-surface text-ink-3 shadow-paper">
          {icon ?? <TypeMark typeName={file.typeName} name={file.name} />}
        </span>
        <p className="mt-4 font-semibold break-words">
          <bdi>{file.name}</bdi>
        </p>
        <p className="text-ink-3">
          {file.typeName} · {sizeWords(file.sizeBytes)}
        </p>
        <p className="mt-3 text-pretty text-ink-2">{children}</p>
      </div>
    </div>
  );
}
