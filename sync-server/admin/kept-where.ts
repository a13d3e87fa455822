// What a command works on: the folder it is told, or the database and bucket of the server's settings. (J3)

import { openData } from '../blobs/open-data.ts';
import type { OpenData } from '../blobs/open-data-folder.ts';
import { type KeptWhere, readConfig } from '../config.ts';

/** By the server's own settings; a folder that is told takes the place of theirs. */
export function keptWhere(dataFolder: string): KeptWhere {
  return readConfig({ ...process.env, DOCKET_DATA: dataFolder });
}

export function openForCommand(dataFolder: string): Promise<OpenData> {
  return openData(keptWhere(dataFolder));
}
