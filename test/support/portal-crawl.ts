// Everything a customer can do at the portal, one after the other, with every answer kept.

import {
  addressesOn,
  formsOn,
  formTo,
  type PortalAnswer,
  type PortalBrowser,
} from './portal-browser.ts';
import { blobIdOf } from './builders.ts';

export interface Visit {
  readonly path: string;
  readonly answer: PortalAnswer;
}

type Keep = (path: string, answer: PortalAnswer) => void;

const GOOD = { name: 'dents.txt', bytes: Buffer.from('Two dents.') };
const EMPTY = { name: 'nothing.txt', bytes: Buffer.alloc(0) };
const PROGRAM = { name: 'run.exe', bytes: Buffer.from('MZ\u0090\u0000'.repeat(50), 'latin1') };

/**
 * Follows every link and redirect, and sends every form empty, filled in, too long, with files and forged. What ends the
 * session comes last; after it, everything is asked for once more.
 */
export async function crawl(
  visitor: PortalBrowser,
  start: readonly string[],
): Promise<readonly Visit[]> {
  const visits: Visit[] = [];
  const waiting = [...start];
  const known = new Set(waiting);
  const keep: Keep = (path, answer) => {
    visits.push({ path, answer });
    for (const address of [...addressesOn(answer.body), answer.headers.location]) {
      if (typeof address !== 'string' || !address.startsWith('/') || known.has(address)) continue;
      known.add(address);
      waiting.push(address);
    }
  };
  const lastForms: [string, Record<string, string>][] = [];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const answer = await visitor.get(path);
    keep(path, answer);
    for (const { action, fields } of formsOn(answer.body)) {
      if (known.has(`form ${action}`)) continue;
      known.add(`form ${action}`);
      if (action.includes('/replies')) await sendMessages(visitor, action, fields, keep);
      else if (action.includes('/details')) await sendDetails(visitor, action, fields, keep);
      else lastForms.push([action, fields]);
    }
  }
  await sendLast(visitor, lastForms, keep);
  for (const path of ['/portal', ...start]) keep(path, await visitor.get(path));
  return visits;
}

async function sendMessages(
  visitor: PortalBrowser,
  action: string,
  fields: Readonly<Record<string, string>>,
  keep: Keep,
): Promise<void> {
  const post = async (more: Record<string, string>, headers: Record<string, string> = {}) =>
    keep(action, await visitor.post(action, { ...fields, ...more }, headers));
  for (const text of ['', 'Thank you.', 'x'.repeat(20_001)]) await post({ text });
  await post({ formToken: 'forged', text: 'Hello' });
  await post({ text: 'Hello' }, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' });
  await post({ text: 'Hello' }, { 'content-type': 'application/json' });
  await post({ text: 'A file nobody brought', file: `${blobIdOf('never')} never.png` });
  for (const files of [[GOOD], [EMPTY], [PROGRAM]])
    keep(action, await visitor.postFiles(action, { ...fields, text: 'With a file' }, files));
  const boundary = { 'content-type': 'multipart/form-data; boundary=b' };
  const tooLarge = { ...boundary, 'content-length': String(300 * 1024 * 1024) };
  keep(action, await visitor.send('POST', action, tooLarge, Buffer.from('--b--')));
}

async function sendDetails(
  visitor: PortalBrowser,
  action: string,
  fields: Readonly<Record<string, string>>,
  keep: Keep,
): Promise<void> {
  const odd = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      name === 'formToken' ? value : `${value}?`,
    ]),
  );
  for (const each of [
    odd,
    { ...fields, formToken: 'forged' },
    { formToken: fields.formToken ?? '' },
  ])
    keep(action, await visitor.post(action, each));
  keep(action, await visitor.post(action, fields));
}

/** Coming in again ends the session that was, and signing out ends the one that came. */
async function sendLast(
  visitor: PortalBrowser,
  forms: [string, Record<string, string>][],
  keep: Keep,
): Promise<void> {
  const rank = ([action]: [string, unknown]) =>
    ['sessions', '/enter/', 'sign-out'].findIndex((part) => action.includes(part));
  for (const [action, fields] of forms.sort((a, b) => rank(a) - rank(b))) {
    keep(action, await visitor.post(action, { ...fields, formToken: 'forged' }));
    const isOut = action.includes('sign-out');
    const list = isOut ? await visitor.get('/portal') : undefined;
    const now = list === undefined ? fields : formTo(list.body, 'sign-out').fields;
    keep(action, await visitor.post(action, now));
  }
}

/** What the portal's script sends for a file, right and wrong, for each of `jobIds`; and the same without the job's key. */
export async function sendUploads(
  visitor: PortalBrowser,
  jobIds: readonly string[],
): Promise<readonly Visit[]> {
  const visits: Visit[] = [];
  const formToken = formTo((await visitor.get('/portal')).body, 'sign-out').fields.formToken ?? '';
  const bytes = Buffer.from('Left door, two dents.');
  const path = `/portal/uploads/${blobIdOf(bytes)}`;
  const named = (hash: string) => `sha256 ${Buffer.from(hash).toString('base64')}`;
  for (const [index, jobId] of [...jobIds, ...jobIds.slice(0, 1)].entries()) {
    const key = index === jobIds.length ? 'forged' : formToken;
    const headers = { 'tus-resumable': '1.0.0', 'docket-form': key, 'docket-job': jobId };
    const send = async (
      method: 'POST' | 'HEAD' | 'PATCH',
      at: string,
      more: Record<string, string> = {},
      body?: Buffer,
    ) =>
      visits.push({
        path: at,
        answer: await visitor.send(method, at, { ...headers, ...more }, body),
      });
    const patch = (at: string, offset: number, body: Buffer) =>
      send(
        'PATCH',
        at,
        { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
        body,
      );
    const begin = (length: number, hash: string) =>
      send('POST', '/portal/uploads', {
        'upload-length': String(length),
        'upload-metadata': named(hash),
      });
    await begin(bytes.length, blobIdOf(bytes));
    await begin(26 * 1024 * 1024, blobIdOf('too large'));
    await begin(bytes.length, 'no hash');
    await patch(path, 0, bytes.subarray(0, 5));
    await patch(path, 9, bytes.subarray(9));
    await send('HEAD', path);
    await patch(path, 5, bytes.subarray(5));
    await send('HEAD', `/portal/uploads/${blobIdOf('never begun')}`);
    await begin(5, blobIdOf('other'));
    await patch(`/portal/uploads/${blobIdOf('other')}`, 0, Buffer.from('wrong'));
    await send('PATCH', path, { 'content-type': 'text/plain' }, bytes);
  }
  return visits;
}
