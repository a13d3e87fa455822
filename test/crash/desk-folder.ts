import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The database of the one office a desk of a crash run has. */
export function mirrorFile(dataFolder: string): string {
  return join(officeFolder(dataFolder), 'docket.sqlite');
}

export function officeFolder(dataFolder: string): string {
  const offices = join(dataFolder, 'offices');
  const [office, ...others] = readdirSync(offices);
  if (office === undefined || others.length > 0) throw new Error('A desk here has one office.');
  return join(offices, office);
}
