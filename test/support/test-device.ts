// A device as the server sees one: it signs in, pushes and pulls, and keeps nothing.

import type { ClientId, MemberId } from '../../sync-server/protocol/ids.ts';
import type {
  MemberMutationName,
  Mutation,
  MutationArgs,
} from '../../sync-server/protocol/mutations.ts';
import type { PushOutcome } from '../../sync-server/protocol/outcome.ts';
import type {
  Change,
  PullAnswer,
  PushAnswer,
  PushRequest,
} from '../../sync-server/protocol/sync.ts';
import { aMutation, anEntryId } from './builders.ts';
import { deviceHeaders, type SignInOptions, type TestServer } from './test-server.ts';

export interface TestDevice {
  readonly token: string;
  readonly memberId: MemberId;
  readonly headers: Record<string, string>;
  /** The outcomes, in the order of the mutations. */
  push(...mutations: readonly Mutation[]): Promise<readonly PushOutcome[]>;
  /** One answer, as it came, to a push that names an epoch. */
  pushTo(epoch: string, ...mutations: readonly Mutation[]): Promise<PushAnswer>;
  /** One answer, as it came. */
  pull(cursor?: string): Promise<PullAnswer>;
  /** Page after page to the head. */
  pullAll(): Promise<{ changes: readonly Change[]; cursor: string; version: number }>;
  /** Sends bytes in one request, as what they are said to be; answers the status. */
  putBlob(blobId: string, bytes: Uint8Array): Promise<number>;
}

export async function signInDevice(
  server: TestServer,
  options: SignInOptions & { clientId?: ClientId } = {},
): Promise<TestDevice> {
  const { token, member } = await server.signIn(options);
  const headers = deviceHeaders(token);
  const pull = async (cursor?: string): Promise<PullAnswer> => {
    const query = cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`;
    const answer = await server.app.inject({ url: `/api/sync/pull${query}`, headers });
    if (answer.statusCode !== 200) throw new Error(`The pull was answered with ${answer.body}`);
    return answer.json<PullAnswer>();
  };
  const push = async (payload: PushRequest): Promise<PushAnswer> => {
    const request = { method: 'POST', url: '/api/sync/push', headers } as const;
    const answer = await server.app.inject({ ...request, payload });
    if (answer.statusCode !== 200) throw new Error(`The push was answered with ${answer.body}`);
    return answer.json<PushAnswer>();
  };
  return {
    token,
    memberId: member.id,
    headers,
    pull,
    pushTo: (epoch, ...mutations) => push({ epoch, mutations: [...mutations] }),
    push: async (...mutations) => {
      const pushed = await push({
        epoch: await server.data.storage.epoch(),
        mutations: [...mutations],
      });
      if (pushed.kind === 'reset') throw new Error(`The push was reset: ${pushed.reason}`);
      return pushed.results.map(({ outcome }) => outcome);
    },
    pullAll: async () => {
      const changes: Change[] = [];
      let cursor: string | undefined;
      for (;;) {
        const answer = await pull(cursor);
        if (answer.kind === 'reset') throw new Error(`The pull was reset: ${answer.reason}`);
        changes.push(...answer.changes);
        ({ cursor } = answer);
        if (!answer.more) return { changes, cursor, version: answer.version };
      }
    },
    putBlob: async (blobId, bytes) => {
      const upload = anUpload(blobId, bytes);
      const answer = await server.app.inject({
        ...upload,
        headers: { ...headers, ...upload.headers },
      });
      return answer.statusCode;
    },
  };
}

/** The request that begins an upload and brings all of it. [B3] */
export function anUpload(blobId: string, bytes: Uint8Array) {
  return {
    method: 'POST',
    url: '/api/uploads',
    headers: {
      'tus-resumable': '1.0.0',
      'upload-length': String(bytes.byteLength),
      'upload-metadata': `sha256 ${Buffer.from(blobId).toString('base64')}`,
      'content-type': 'application/offset+octet-stream',
    },
    payload: Buffer.from(bytes),
  } as const;
}

type PostArgs = MutationArgs<'post_entry'>;

/** An internal note on the office's job, unless told otherwise. */
export function aNote(
  { office }: Pick<TestServer, 'office'>,
  overrides: Partial<PostArgs> = {},
): Mutation & { readonly args: PostArgs; readonly name: MemberMutationName } {
  const args: PostArgs = {
    jobId: office.job.id,
    entryId: anEntryId(),
    audience: 'internal',
    text: 'Rang the insurer, they call back on Monday.',
    attachments: [],
    seenVersion: 0,
    ...overrides,
  };
  return { ...aMutation('post_entry', args), name: 'post_entry', args };
}
