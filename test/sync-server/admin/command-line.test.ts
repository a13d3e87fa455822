import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDataFolder } from '../../../sync-server/blobs/open-data-folder.ts';
import { applied } from '../../../sync-server/protocol/outcome.ts';
import { aCustomer, aMutationId } from '../../support/builders.ts';
import { signInDevice } from '../../support/test-device.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { addOffice, startTestServer } from '../../support/test-server.ts';

async function run(file: string, args: readonly string[], input = '') {
  const child = spawn(process.execPath, [join('sync-server/admin', file), ...args]);
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (errors += String(chunk)));
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output, errors };
}

const officeArgs = (folder: string) => [
  '--data',
  join(folder, 'server'),
  '--name',
  'Harbour Repairs',
  '--admin-name',
  'Mara Kühn',
  '--admin-email',
  'mara@harbour.example',
];

it('(J2) create-workspace opens an office whose admin can sign in and sees a pipeline', async () => {
  const folder = await tempDir();
  const created = await run('create-workspace.ts', officeArgs(folder), 'a long enough password\n');
  expect(created.code).toBe(0);
  expect(JSON.parse(created.output)).toMatchObject({ event: 'created' });
  const stranger = await tempDir();
  const other = await openDataFolder(stranger);
  const office = await addOffice(other);
  await other.storage.close();
  const server = await startTestServer({ folder, office });
  const mara = await signInDevice(server, { email: 'mara@harbour.example' });
  const { changes } = await mara.pullAll();
  expect(changes.map(({ kind }) => kind).toSorted()).toEqual(['member', 'pipeline', 'workspace']);
  await server.stop({ keepFolder: true });
});

it('(J2) create-workspace refuses a short password and an email that is taken, and makes nothing', async () => {
  const folder = await tempDir();
  const short = await run('create-workspace.ts', officeArgs(folder), 'short');
  expect(short.code).toBe(1);
  expect(short.errors).toMatch(/password is not valid \(must have 10 characters or more\)/);
  await run('create-workspace.ts', officeArgs(folder), 'a long enough password');
  const twice = await run('create-workspace.ts', officeArgs(folder), 'a long enough password');
  expect(twice.code).toBe(1);
  expect(twice.errors).toMatch(/already signs in to an office here/);
  const { storage } = await openDataFolder(join(folder, 'server'));
  expect(await storage.workspaceIds()).toHaveLength(1);
  await storage.close();
});

it('(E1) portal-link makes a link that lets the customer in, while the server runs', async () => {
  const server = await startTestServer();
  const args = ['--data', server.config.dataFolder, '--public-url', server.url];
  const made = await run('portal-link.ts', [...args, '--customer', server.office.anna.name]);
  expect(made.code).toBe(0);
  const { url } = JSON.parse(made.output) as { url: string };
  const entered = await fetch(url, { method: 'POST', redirect: 'manual' });
  expect(entered.status).toBe(303);
  const { workspace, anna } = server.office;
  const record = aCustomer({ name: anna.name });
  await server.data.storage.transact(workspace.id, async (transaction) => {
    transaction.settle(
      { id: aMutationId(), actorKey: 'test' },
      applied({ kind: 'customer', record }),
    );
  });
  const twice = await run('portal-link.ts', [...args, '--customer', anna.name]);
  expect(twice.code).toBe(1);
  expect(twice.errors).toContain(`2 customers here go by “${anna.name}”.`);
  expect(twice.errors).toContain(record.id);
  const nobody = await run('portal-link.ts', [...args, '--customer', 'Nobody']);
  expect(nobody.code).toBe(1);
  expect(nobody.errors).toBe(
    'No office here has a customer “Nobody”. Give the name or email as Docket shows it.\n',
  );
  await server.stop();
});
