import { once } from 'node:events';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join, relative } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { PROJECT, runScript } from '../support/run-script.ts';
import { tempDir } from '../support/temp-dir.ts';

/** A port another program listens on for as long as the test runs. */
async function aBusyPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** A busy port that follows one which is free: whoever wants both must meet the second. */
async function aBusyPortAfterAFreeOne(): Promise<number> {
  for (;;) {
    const port = await aBusyPort();
    const before = createServer().listen(port - 1, '127.0.0.1');
    const isFree = await Promise.race([
      once(before, 'listening').then(() => true),
      once(before, 'error').then(() => false),
    ]);
    before.close();
    if (isFree) return port;
  }
}

describe('what a script does not understand ends it with one sentence', () => {
  test.each([
    ['start', ['--loopbak'], '"--loopbak" is not an option'],
    ['start', ['demo'], '"demo" is not an option'],
    ['start', ['--port', 'banana'], '--port banana is not a port'],
    ['start', ['--port', '70000'], '--port 70000 is not a port'],
    ['start', ['--port'], '--port needs a value'],
    ['start', ['--data', '--empty'], '--data needs a value'],
    ['start', ['--empty=yes'], '--empty takes no value'],
    ['start', ['--loopback', '--electron'], 'exclude each other'],
    ['server', ['--no-open'], '"--no-open" is not an option'],
    ['desk', [], '--server URL is missing'],
    ['desk', ['--server', 'office'], '--server office is not an address'],
  ])('%s %j', async (script, args, sentence) => {
    const { code, stdout, stderr } = await runScript({ script: `scripts/${script}.mjs`, args });
    expect(code).toBe(1);
    expect(stderr).toContain(sentence);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
  });
});

test.each(['start', 'server', 'desk'])('%s --help lists every option', async (script) => {
  const { code, stdout } = await runScript({ script: `scripts/${script}.mjs`, args: ['--help'] });
  expect(code).toBe(0);
  expect(stdout).toMatch(/--data DIR[^]*--port N[^]*--help/);
});

describe('a busy port is said in one sentence that names it and the way out', () => {
  test('of the sync server', async () => {
    const port = await aBusyPort();
    const { code, stderr } = await runScript({
      script: 'scripts/start.mjs',
      args: ['--loopback', '--port', String(port), '--data', await tempDir()],
    });
    expect(code).toBe(1);
    expect(stderr.trimEnd()).toMatch(
      new RegExp(`^The sync server cannot listen on port ${port}: .* npm start -- --port \\d+$`),
    );
  });

  test('of the desktop client, which listens on the next one', async () => {
    const port = await aBusyPortAfterAFreeOne();
    const { code, stderr } = await runScript({
      script: 'scripts/start.mjs',
      args: ['--loopback', `--port=${port - 1}`, '--data', await tempDir()],
    });
    expect(code).toBe(1);
    expect(stderr).toContain(`The desktop client cannot listen on port ${port}`);
  });
});

test('a data folder that cannot be written to is named in one sentence', async () => {
  const folder = await tempDir();
  await writeFile(join(folder, 'taken'), 'a file');
  const data = join(folder, 'taken/docket');
  for (const script of ['start', 'server', 'desk']) {
    const args = ['--data', data, ...(script === 'desk' ? ['--server', 'http://127.0.0.1:9'] : [])];
    const { code, stderr } = await runScript({ script: `scripts/${script}.mjs`, args });
    expect(code).toBe(1);
    expect(stderr.trimEnd()).toBe(
      `The data folder ${data} cannot be written to (a file is in its place). Choose another with --data DIR.`,
    );
  }
});

test('a program that a script starts keeps what it has compiled, beside the packages', async () => {
  const program = join(await tempDir(), 'program.ts');
  await writeFile(
    program,
    `import { getCompileCacheDir } from 'node:module';
     const where: string | undefined = getCompileCacheDir();
     console.log(where);`,
  );
  const args = [relative(PROJECT, program)];
  const { stdout } = await runScript({ script: 'scripts/program.mjs', args });
  expect(stdout).toContain(join(PROJECT, 'node_modules', '.cache', 'docket-compiled'));
});

test('a fresh clone without a network says so in one sentence', async () => {
  const clone = await tempDir();
  await cp(join(PROJECT, 'scripts'), join(clone, 'scripts'), { recursive: true });
  for (const name of ['package.json', 'package-lock.json'])
    await cp(join(PROJECT, name), join(clone, name));
  await mkdir(join(clone, 'cache'));
  const { code, stderr } = await runScript({
    script: 'scripts/start.mjs',
    project: clone,
    env: {
      // Nothing listens on the discard port, and nothing was ever fetched into this cache.
      npm_config_registry: 'http://127.0.0.1:9/',
      npm_config_cache: join(clone, 'cache'),
      npm_config_fetch_retries: '0',
    },
  });
  expect(code).toBe(1);
  expect(stderr).toMatch(/the npm registry does not answer\. Connect to the network/);
  expect(stderr.trimEnd().split('\n')).toHaveLength(2);
}, 60_000);
