import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ChildPrograms } from '../../scripts/lib/child-programs.mjs';
import { Stop } from '../../scripts/lib/project.mjs';
import { tempDir } from '../support/temp-dir.ts';

async function aProgram(source: string): Promise<{ name: string; args: string[] }> {
  const file = join(await tempDir(), 'program.mjs');
  await writeFile(file, source);
  return { name: 'The program', args: [file] };
}

const LISTENS = `console.log(JSON.stringify({ event: 'listening', url: 'http://here' }));`;
const STAYS = `setInterval(() => {}, 1000);`;

test('a program is ready when it says so, whatever else it prints', async () => {
  const programs = new ChildPrograms();
  const program = programs.start(await aProgram(`console.log('hello'); ${LISTENS} ${STAYS}`));
  expect(await program.event('listening')).toMatchObject({ url: 'http://here' });
  // Asked again later, it is still known.
  expect(await program.event('listening')).toMatchObject({ url: 'http://here' });
  await programs.stop();
});

test('a program that ends before it is ready is told by its own sentence', async () => {
  const programs = new ChildPrograms();
  const source = `console.error('Port 1 is busy.'); process.exit(1);`;
  const program = programs.start(await aProgram(source));
  await expect(program.event('listening')).rejects.toThrow(new Stop('Port 1 is busy.'));
});

test('a command that fails is told by its own sentence', async () => {
  const programs = new ChildPrograms();
  const source = `console.error('No office here.'); process.exit(3);`;
  await expect(programs.complete(await aProgram(source))).rejects.toThrow('No office here.');
});

test('a program that cannot be started at all is told', async () => {
  const programs = new ChildPrograms();
  const program = programs.start({ name: 'The window', command: '/nowhere/electron', args: [] });
  await expect(program.event('listening')).rejects.toThrow(/ENOENT/);
});

test('everything stops within two seconds, also a program that will not', async () => {
  const programs = new ChildPrograms();
  const stubborn = programs.start(
    await aProgram(`process.on('SIGTERM', () => {}); ${LISTENS} ${STAYS}`),
  );
  const obedient = programs.start(await aProgram(`${LISTENS} ${STAYS}`));
  await Promise.all([stubborn.event('listening'), obedient.event('listening')]);
  const startedAt = performance.now();
  await programs.stop();
  expect(performance.now() - startedAt).toBeLessThan(2000);
  expect(await stubborn.ended).toBe('SIGKILL');
  expect(() => programs.start({ name: 'The late one', args: [] })).toThrow(Stop);
});

test('the first program that ends by itself is told, one that is stopped is not', async () => {
  const programs = new ChildPrograms();
  programs.start(await aProgram(STAYS));
  programs.start(await aProgram(`process.exit(4);`));
  expect(await programs.firstUnexpectedEnd()).toMatchObject({ code: 4 });
  await programs.stop();
});
