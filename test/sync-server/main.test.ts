// The server as a process: how it starts, what it says when it cannot, how it stops, and what a kill leaves behind.

import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDataFolder } from '../../sync-server/blobs/open-data-folder.ts';
import type { PullAnswer, PushResults, SignInAnswer } from '../../sync-server/protocol/sync.ts';
import { newToken } from '../../sync-server/auth/tokens.ts';
import { aClientId, aMutation, aPortalLinkId, tokenHashOf } from '../support/builders.ts';
import { freePort, type Program, startProgram } from '../support/program.ts';
import { tempDir } from '../support/temp-dir.ts';
import { aNote } from '../support/test-device.ts';
import {
  addOffice,
  deviceHeaders,
  TEST_PASSWORD,
  type TestOffice,
} from '../support/test-server.ts';

const MAIN = 'sync-server/main.ts';

/** Runs a server that is expected to end by itself. */
async function runToEnd(environment: Record<string, string>) {
  const child = spawn(process.execPath, [MAIN], { env: { ...process.env, ...environment } });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (errors += String(chunk)));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output, errors };
}

async function folderWithOffice(): Promise<{ folder: string; office: TestOffice }> {
  const folder = await tempDir();
  const data = await openDataFolder(folder);
  const office = await addOffice(data);
  await data.storage.close();
  return { folder, office };
}

async function start(folder: string, port = 0): Promise<Program> {
  const program = await startProgram(MAIN, [], {
    DOCKET_DATA: folder,
    DOCKET_PORT: String(port),
  });
  onTestFinished(() => program.kill());
  return program;
}

async function ask<T>(url: string, token?: string, body?: unknown): Promise<T> {
  const answer = await fetch(url, {
    headers: { ...deviceHeaders(token), 'content-type': 'application/json' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as T;
}

function signIn(url: string, { mara }: TestOffice): Promise<SignInAnswer> {
  return ask(`${url}/api/auth/sign-in`, undefined, {
    email: mara.email,
    password: TEST_PASSWORD,
    clientId: aClientId(),
    deviceName: 'A test',
  });
}

describe('where the server cannot start, it says why in one sentence and ends with 1', () => {
  const expectSentence = async (environment: Record<string, string>, sentence: RegExp) => {
    const { code, errors } = await runToEnd(environment);
    expect(errors).toMatch(sentence);
    expect(errors.trim().split('\n')).toHaveLength(1);
    expect(errors).not.toContain('hidden');
    expect(code).toBe(1);
  };

  it('a busy port', async () => {
    const port = await freePort();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    await expectSentence(
      { DOCKET_DATA: await tempDir(), DOCKET_PORT: String(port) },
      new RegExp(
        `^Port ${port} is already in use\\. .* choose another port with DOCKET_PORT\\.$`,
        'm',
      ),
    );
  });

  it('a folder that is a file', async () => {
    const file = join(await tempDir(), 'taken');
    await writeFile(file, 'A letter.');
    await expectSentence(
      { DOCKET_DATA: file, DOCKET_PORT: '0' },
      /^The folder .*taken cannot be used for Docket's data \(there is a file of that name\)\. Choose/m,
    );
  });

  it('a database that is none', async () => {
    const folder = await tempDir();
    await writeFile(join(folder, 'server.sqlite'), 'x'.repeat(5000));
    await expectSentence(
      { DOCKET_DATA: folder, DOCKET_PORT: '0' },
      /cannot be used for Docket's data \(its database is damaged\)/,
    );
  });

  it('(J3) a database or a store that is not there', async () => {
    const DOCKET_DATA = await tempDir();
    const DOCKET_DATABASE_URL = 'postgres://docket:hidden@127.0.0.1:1/docket';
    await expectSentence(
      { DOCKET_DATA, DOCKET_DATABASE_URL },
      /^The database at 127.0.0.1:1 cannot/m,
    );
    const store = { DOCKET_S3_ENDPOINT: 'http://127.0.0.1:1', DOCKET_S3_BUCKET: 'docket' };
    const keys = { DOCKET_S3_KEY: 'key', DOCKET_S3_SECRET: 'hidden' };
    const sentence = /^The store at http:..127.0.0.1:1 cannot be reached/m;
    await expectSentence({ DOCKET_DATA, ...store, ...keys }, sentence);
  });

  it('a setting that is not valid', async () => {
    await expectSentence({ DOCKET_PORT: 'front' }, /^The setting DOCKET_PORT is not valid/m);
  });
});

describe('a running server', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    '(J4) stops within a second of %s, with a live stream open, and keeps what it answered',
    async (signal) => {
      const { folder, office } = await folderWithOffice();
      const child = spawn(process.execPath, [MAIN], {
        env: { ...process.env, DOCKET_DATA: folder, DOCKET_PORT: '0' },
      });
      onTestFinished(() => void child.kill('SIGKILL'));
      const url = await new Promise<string>((resolve) => {
        child.stdout.on('data', (chunk) => {
          const found = /"event":"listening","url":"([^"]+)"/.exec(String(chunk))?.[1];
          if (found !== undefined) resolve(found);
        });
      });
      const { token } = await signIn(url, office);
      const live = await fetch(`${url}/api/live`, { headers: deviceHeaders(token) });
      const note = aNote({ office });
      await ask<PushResults>(`${url}/api/sync/push`, token, { mutations: [note] });
      const startedAt = performance.now();
      child.kill(signal);
      const code = await new Promise((resolve) => child.once('exit', resolve));
      expect(performance.now() - startedAt).toBeLessThan(1000);
      expect(code).toBe(0);
      await live.text().catch(() => undefined);
      const { storage } = await openDataFolder(folder);
      const entry = await storage.recordById(office.workspace.id, 'entry', note.args.entryId);
      expect(entry?.record).toMatchObject({ text: note.args.text });
      await storage.close();
    },
  );

  it('[F1] [P1] killed without warning, it has what it answered, and a replay adds nothing', async () => {
    const { folder, office } = await folderWithOffice();
    const first = await start(folder);
    const { token } = await signIn(first.url, office);
    const notes = Array.from({ length: 12 }, () => aNote({ office }));
    const answered: PushResults['results'] = [];
    for (const note of notes.slice(0, 6)) {
      const push = await ask<PushResults>(`${first.url}/api/sync/push`, token, {
        mutations: [note],
      });
      answered.push(...push.results);
    }
    // The rest is on its way when the server dies; whether it arrived nobody knows.
    const onItsWay = ask(`${first.url}/api/sync/push`, token, { mutations: notes.slice(6) });
    await Promise.all([first.kill(), onItsWay.catch(() => undefined)]);

    const second = await start(folder);
    const push = { mutations: notes };
    const replayed = await ask<PushResults>(`${second.url}/api/sync/push`, token, push);
    expect(replayed.results.slice(0, 6)).toEqual(answered);
    expect(replayed.results.every(({ outcome }) => outcome.kind === 'applied')).toBe(true);
    const { storage } = await openDataFolder(folder);
    const entries = await storage.entriesOfJob(office.workspace.id, office.job.id);
    const ids = entries.map(({ record }) => record.id);
    for (const { args } of notes) expect(ids.filter((id) => id === args.entryId)).toHaveLength(1);
    expect(await storage.headVersion(office.workspace.id)).toBe(22);
    await storage.close();
  });

  it('(J4) logs what happens without content: no text, name, email, password, token or link', async () => {
    const { folder, office } = await folderWithOffice();
    const { url, output, stop } = await start(folder);
    const { token } = await signIn(url, office);
    const secret = 'Do not tell the customer about the second dent';
    await ask(`${url}/api/sync/push`, token, { mutations: [aNote({ office }, { text: secret })] });
    await ask<PullAnswer>(`${url}/api/sync/pull`, token);
    const linkToken = newToken();
    const link = {
      linkId: aPortalLinkId(),
      customerId: office.anna.id,
      tokenHash: tokenHashOf(linkToken),
    };
    await ask(`${url}/api/sync/push`, token, {
      mutations: [aMutation('create_portal_link', link)],
    });
    await fetch(`${url}/portal/enter/${linkToken}`);
    await fetch(`${url}/api/sync/push`, {
      method: 'POST',
      headers: { ...deviceHeaders(token), 'content-type': 'application/json' },
      body: `{"text": "${secret}" and then broken`,
    });
    await fetch(`${url}/api/sync/pull?cursor=x&${encodeURIComponent(secret)}=1`, {
      headers: deviceHeaders(token),
    });
    await stop();
    expect(output()).toContain('/portal/enter/:token');
    const words = [
      secret,
      'second dent',
      office.mara.email,
      office.anna.name,
      TEST_PASSWORD,
      token,
    ];
    for (const word of [...words, linkToken, office.job.id]) expect(output()).not.toContain(word);
  });
});
