import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeEach, expect, test, vi } from 'vitest';
import {
  answerRequest,
  type FileKeeper,
  registerAppScheme,
  serveAppScheme,
} from '../../../electron/shell/app-scheme.ts';
import { CoreRefused } from '../../../electron/shell/core-program.ts';
import { insideFolder } from '../../../electron/shell/page-files.ts';
import { protocol } from '../../support/electron-stand-in.ts';
import { tempDir } from '../../support/temp-dir.ts';

vi.mock('electron', async () => import('../../support/electron-stand-in.ts'));

async function* bytesOf(content: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(content);
}

const files: FileKeeper = {
  addFile: async (name, bytes) => {
    const taken = await text(bytes);
    return { kind: 'refused', name, sentence: taken };
  },
  openFile: async (door, id) => {
    if (id === 'gone') throw new CoreRefused('not-there', 'This is no longer there.');
    if (id === 'offline') throw new CoreRefused('not-online', 'This needs the server.');
    const mediaType = id === 'photo' ? 'image/jpeg' : 'application/pdf';
    return { name: `Rechnung (1) ü.${door}`, mediaType, sizeBytes: 5, bytes: bytesOf('bytes') };
  },
};

async function aRendererFolder(): Promise<string> {
  const folder = await tempDir();
  await writeFile(join(folder, 'secret.js'), 'outside');
  await mkdir(join(folder, 'renderer/assets'), { recursive: true });
  await writeFile(join(folder, 'renderer/index.html'), '<title>Docket</title>');
  await writeFile(join(folder, 'renderer/assets/index.js'), 'inside');
  await writeFile(join(folder, 'renderer/notes.db'), 'not a page');
  return join(folder, 'renderer');
}

const ask = async (address: string, folder: string, init?: RequestInit) =>
  answerRequest(new Request(address, init), folder, files);

beforeEach(() => {
  protocol.schemes.length = 0;
});

test.each([
  '/../secret.js',
  '/%2e%2e/secret.js',
  '/assets/../../secret.js',
  '/assets/..%2f..%2fsecret.js',
  '/..%5csecret.js',
  '/C:/secret.js',
  '/index.html%00.js',
  '/%',
  '/',
])('no address leads out of the renderer: %s', (pathname) => {
  expect(insideFolder('/docket/out/renderer', pathname)).toBeUndefined();
});

test('a file below the renderer is found by its address', () => {
  expect(insideFolder('/docket/out/renderer', '/assets/a%20b.js')).toBe(
    join('/docket/out/renderer/assets/a b.js'),
  );
});

test('the page comes with a strict policy', async () => {
  const answer = await ask('app://docket/', await aRendererFolder());
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain('Docket');
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const policy = answer.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'self'");
  expect(policy).toContain("object-src 'none'");
  expect(policy).not.toMatch(/script-src|unsafe-eval/);
});

test.each([
  ['app://docket/..%2fsecret.js', 404],
  ['app://docket/notes.db', 404],
  ['app://docket/nowhere.js', 404],
  ['app://elsewhere/', 404],
])('%s is answered with %i', async (address, status) => {
  expect((await ask(address, await aRendererFolder())).status).toBe(status);
});

test('only reading and adding files is understood', async () => {
  const folder = await aRendererFolder();
  expect((await ask('app://docket/', folder, { method: 'PUT', body: 'x' })).status).toBe(405);
  expect((await ask('app://docket/', folder, { method: 'POST', body: 'x' })).status).toBe(405);
});

test('a dropped file is streamed to the core under its own name', async () => {
  const answer = await ask('app://docket/files', await aRendererFolder(), {
    method: 'POST',
    body: 'the bytes',
    headers: { 'x-file-name': encodeURIComponent('Schaden ü.txt') },
  });
  expect(await answer.json()).toEqual({
    kind: 'refused',
    name: 'Schaden ü.txt',
    sentence: 'the bytes',
  });
});

test('an empty file reaches the core as one without bytes', async () => {
  const answer = await ask('app://docket/files', await aRendererFolder(), { method: 'POST' });
  expect(await answer.json()).toMatchObject({ name: '', sentence: '' });
});

test('a picture is shown in place, everything else is a download under its name', async () => {
  const folder = await aRendererFolder();
  const photo = await ask('app://docket/attachments/photo', folder);
  expect(photo.headers.get('content-type')).toBe('image/jpeg');
  expect(photo.headers.get('content-disposition')).toMatch(/^inline/);
  expect(await photo.text()).toBe('bytes');
  const invoice = await ask('app://docket/attachments/invoice', folder);
  expect(invoice.headers.get('content-type')).toBe('application/octet-stream');
  expect(invoice.headers.get('content-disposition')).toBe(
    "attachment; filename*=UTF-8''Rechnung%20%281%29%20%C3%BC.attachment",
  );
  const saved = await ask('app://docket/attachments/photo?download', folder);
  expect(saved.headers.get('content-disposition')).toMatch(/^attachment/);
});

test('(G4) a job that was exported is a download under its name', async () => {
  const answer = await ask('app://docket/exports/job', await aRendererFolder());
  expect(answer.headers.get('content-disposition')).toBe(
    "attachment; filename*=UTF-8''Rechnung%20%281%29%20%C3%BC.export",
  );
  expect(await answer.text()).toBe('bytes');
});

test('what a file holds can run nothing', async () => {
  const answer = await ask('app://docket/files/photo', await aRendererFolder());
  expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
});

test.each([
  ['gone', 404, 'not-there'],
  ['offline', 409, 'not-online'],
])('a file that is %s is answered with %i and a sentence', async (id, status, error) => {
  const answer = await ask(`app://docket/attachments/${id}`, await aRendererFolder());
  expect(answer.status).toBe(status);
  expect(await answer.json()).toEqual({ error, sentence: expect.stringMatching(/\.$/) as string });
});

test('the scheme is a secure origin of its own, without privileges it does not need', async () => {
  registerAppScheme();
  serveAppScheme(await aRendererFolder(), files);
  expect(protocol.schemes).toEqual([
    {
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
    },
  ]);
  const answer = await protocol.handlers.get('app')!(new Request('app://docket/assets/index.js'));
  expect(await answer.text()).toBe('inside');
});
