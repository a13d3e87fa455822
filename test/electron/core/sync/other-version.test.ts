// A desk and a server that were not updated together.

import { expect, onTestFinished, test } from 'vitest';
import { anEntryId } from '../../../support/builders.ts';
import { fakeHost } from '../../../support/fake-host.ts';
import { startTestDesk } from '../../../support/test-desk.ts';
import { startTestServer, TEST_PASSWORD } from '../../../support/test-server.ts';
import { tempDir } from '../../../support/temp-dir.ts';

test.each([
  ['0', 'This version of Docket is too old for the server. Update Docket on this device.'],
  ['3', 'This version of Docket is newer than the server. Ask your office to update the server.'],
])(
  '[H9] [F4] a desk of version %s is told which side to update, keeps what is written and sends it afterwards',
  async (version, sentence) => {
    const server = await startTestServer();
    onTestFinished(() => server.stop());
    const { wire } = fakeHost('');
    let spoken: string | undefined;
    const host = fakeHost(await tempDir(), {
      network: (config) => {
        if (spoken !== undefined) config.headers.set('docket-protocol', spoken);
        return wire.adapter(config);
      },
    });
    const desk = await startTestDesk(host.dataFolder, host);
    onTestFinished(() => desk.core.close());
    const { office } = server;
    await desk.signIn(server.url, { email: office.mara.email, password: TEST_PASSWORD });

    spoken = version;
    const before = wire.sent.length;
    await desk.request('entries.post', {
      entryId: anEntryId(),
      jobId: office.job.id,
      audience: 'internal',
      text: 'Written while the versions differ',
      files: [],
      seenVersion: 0,
    });
    const state = await desk.until('sync', {}, ({ kind }) => kind === 'update-needed');
    expect(state).toMatchObject({ trouble: sentence, waiting: 1 });
    // One push or pull that is turned away, and then nothing for a minute.
    expect(wire.sent.length - before).toBeLessThanOrEqual(2);
    expect(await desk.ask('outbox', {})).toMatchObject([{ state: { kind: 'waiting' } }]);
    const [line] = await desk.ask('sync.log', {});
    expect(line).toMatchObject({ event: 'failed', details: 'update-needed' });

    spoken = undefined;
    await desk.request('sync.now', {});
    await desk.until('sync', {}, ({ kind, waiting }) => kind === 'up-to-date' && waiting === 0);
    const entries = await server.data.storage.entriesOfJob(office.workspace.id, office.job.id);
    expect(entries.at(-1)?.record).toMatchObject({ text: 'Written while the versions differ' });
  },
);
