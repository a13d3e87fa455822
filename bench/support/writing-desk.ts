// A desk that posts customer replies at a steady pace, while something else is measured.

import type { JobId } from '../../sync-server/protocol/ids.ts';
import type { SignInAnswer } from '../../sync-server/protocol/sync.ts';
import { aClientId, aMutation, anEntryId } from '../../test/support/builders.ts';
import { LARGE_OFFICE_PASSWORD } from '../../test/support/large-office.ts';
import { deviceHeaders } from '../../test/support/test-server.ts';

export interface WritingDesk {
  /** Posts until told to stop, and answers with how many entries were accepted in a second. */
  writeWhile<T>(work: () => Promise<T>): Promise<{ readonly done: T; readonly perSecond: number }>;
}

export async function openWritingDesk(of: {
  readonly url: string;
  readonly email: string;
  readonly epoch: string;
  readonly jobs: readonly JobId[];
  readonly perSecond: number;
}): Promise<WritingDesk> {
  const { token } = await post<SignInAnswer>(`${of.url}/api/auth/sign-in`, deviceHeaders(), {
    email: of.email,
    password: LARGE_OFFICE_PASSWORD,
    clientId: aClientId(),
    deviceName: 'A desk that writes',
  });
  let written = 0;
  const writeOne = async () => {
    const mutation = aMutation('post_entry', {
      jobId: of.jobs[written % of.jobs.length] ?? missing(),
      entryId: anEntryId(),
      audience: 'visible',
      text: `The part number ${written} is here.`,
      attachments: [],
      seenVersion: Number.MAX_SAFE_INTEGER,
    });
    const body = { epoch: of.epoch, mutations: [mutation] };
    const { results } = await post<{ results: readonly { outcome: { kind: string } }[] }>(
      `${of.url}/api/sync/push`,
      deviceHeaders(token),
      body,
    );
    if (results[0]?.outcome.kind !== 'applied') throw new Error('An entry was not accepted.');
    written += 1;
  };
  return {
    writeWhile: async (work) => {
      const before = written;
      const startMs = performance.now();
      let line = Promise.resolve();
      const pace = setInterval(() => {
        line = line.then(writeOne);
      }, 1000 / of.perSecond);
      const done = await work().finally(() => clearInterval(pace));
      await line;
      return { done, perSecond: ((written - before) * 1000) / (performance.now() - startMs) };
    },
  };
}

async function post<T>(url: string, headers: Record<string, string>, body: object): Promise<T> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (answer.status !== 200) throw new Error(`${url} was answered with ${await answer.text()}`);
  return (await answer.json()) as T;
}

function missing(): never {
  throw new Error('There is no job to write to.');
}
