// A small office as it runs in life: the server and each desk a process of its own, a line that can be cut between them.

import type { BrowserContext, Page } from 'playwright';
import { openDataFolder } from '../../sync-server/blobs/open-data-folder.ts';
import { type CutProxy, startCutProxy } from './cut-proxy.ts';
import { copiedLink } from './enter-portal.ts';
import { freePort, type Program, startProgram } from './program.ts';
import { addOffice, TEST_PASSWORD, type TestOffice } from './test-server.ts';

export interface OfficeProcesses {
  readonly office: TestOffice;
  readonly server: Program;
  readonly serverUrl: string;
  /** A fresh sign-in link of Anna's. */
  readonly portalLink: string;
  desk(folder: string): Promise<DeskProcess>;
  stop(): Promise<void>;
}

export interface DeskProcess {
  readonly line: CutProxy;
  /** The address with the launch token. */
  readonly url: string;
  kill(): Promise<void>;
  /** The same desk again: same folder, same port. */
  startAgain(): Promise<void>;
}

export async function startOfficeProcesses(folder: string): Promise<OfficeProcesses> {
  const serverFolder = `${folder}/server`;
  const data = await openDataFolder(serverFolder);
  const office = await addOffice(data);
  const port = await freePort();
  const serverUrl = `http://127.0.0.1:${port}`;
  const portalLink = await copiedLink(
    { storage: data.storage, now: () => Date.now() },
    { workspaceId: office.workspace.id, customerId: office.anna.id },
    serverUrl,
  );
  await data.storage.close();
  const server = await startProgram('sync-server/main.ts', [], {
    DOCKET_DATA: serverFolder,
    DOCKET_PORT: String(port),
    DOCKET_LOG: 'warn',
  });
  const running: { stop(): Promise<void> }[] = [];
  return {
    office,
    server,
    serverUrl,
    portalLink,
    desk: async (deskFolder) => {
      const line = await startCutProxy(serverUrl);
      const deskPort = await freePort();
      const start = () =>
        startProgram('electron/loopback/main.ts', [
          ...['--data', deskFolder],
          ...['--server', line.url],
          ...['--port', String(deskPort)],
          // What a test posts leaves at once, unless the test is about taking it back.
          ...['--undo-seconds', '0'],
        ]);
      let program = await start();
      running.push({
        stop: async () => Promise.all([program.stop(), line.close()]).then(() => undefined),
      });
      return {
        line,
        url: program.url,
        kill: () => program.kill(),
        startAgain: async () => {
          program = await start();
        },
      };
    },
    stop: async () => {
      await Promise.all(running.map((one) => one.stop()));
      await server.stop();
    },
  };
}

/** Opens a desk in a browser and signs in; answers on the job's page. */
export async function openDeskPage(
  context: BrowserContext,
  desk: DeskProcess,
  who: { email: string },
): Promise<Page> {
  const page = await context.newPage();
  await page.goto(desk.url);
  await page.getByLabel('Email').fill(who.email);
  await page.getByLabel('Password').fill(TEST_PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('navigation', { name: 'Jobs' }).waitFor();
  return page;
}
