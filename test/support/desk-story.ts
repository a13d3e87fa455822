// How a story in a real browser begins and ends: an office in processes of its own, and Mara signed in at her desk.

import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll } from 'vitest';
import {
  type DeskProcess,
  type OfficeProcesses,
  openDeskPage,
  startOfficeProcesses,
} from './office-processes.ts';
import { openBrowser } from './open-browser.ts';
import { makeTempDir, removeTempDir } from './temp-dir.ts';

export interface DeskStory {
  readonly browser: Browser;
  readonly processes: OfficeProcesses;
  readonly desk: DeskProcess;
  readonly mara: Page;
}

/** Call at the top of a file: its tests find the story begun, and it ends with the last of them. */
export function deskStory(): DeskStory {
  const story = {} as { -readonly [K in keyof DeskStory]: DeskStory[K] };
  let folder = '';
  beforeAll(async () => {
    story.browser = await openBrowser();
    folder = await makeTempDir();
    story.processes = await startOfficeProcesses(folder);
    story.desk = await story.processes.desk(`${folder}/mara`);
    const context = await story.browser.newContext();
    story.mara = await openDeskPage(context, story.desk, story.processes.office.mara);
    // A story that cuts the line at once would be about an empty desk.
    await story.mara.getByText('Up to date').first().waitFor();
  });
  afterAll(async () => {
    await story.browser.close();
    await story.processes.stop();
    await removeTempDir(folder);
  });
  return story;
}
