import type { AddFileResult } from '../electron/core/api/files-contract.ts';

const LOST = 'Docket on this device did not take it. Add it again.';

/**
 * Sends a file's bytes to the host that served this page. XMLHttpRequest, because fetch cannot say how far an upload is.
 * A failure of any sort is a refusal with a sentence: one bad file never blocks the others. (D2)
 */
export function postFile(file: File, onProgress: (share: number) => void): Promise<AddFileResult> {
  return new Promise((resolve) => {
    const refuse = (sentence: string) => resolve({ kind: 'refused', name: file.name, sentence });
    const request = new XMLHttpRequest();
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    request.onload = () => {
      const answer = parseAnswer(request.responseText);
      if (isAddFileResult(answer)) resolve(answer);
      else refuse(`“${file.name}” was not added. ${sentenceOf(answer) ?? LOST}`);
    };
    request.onerror = () => refuse(`“${file.name}” could not be read or handed over. ${LOST}`);
    request.open('POST', '/files');
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name));
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.send(file);
  });
}

function parseAnswer(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isAddFileResult(answer: unknown): answer is AddFileResult {
  return (
    typeof answer === 'object' &&
    answer !== null &&
    'kind' in answer &&
    (answer.kind === 'added' || answer.kind === 'refused')
  );
}

function sentenceOf(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null || !('sentence' in answer)) return undefined;
  return typeof answer.sentence === 'string' ? answer.sentence : undefined;
}
