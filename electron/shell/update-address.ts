// Where an installed Docket looks for updates: what its installer was built with. Nothing else names an address, neither a setting
// nor the office's server: whoever could, would choose what program runs on every desk. Pure but for the one reading. (I1)

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Written by electron-builder beside the program where it was told where updates are published. */
export function readUpdateAddress(resourcesFolder: string): string | undefined {
  try {
    return updateAddress(readFileSync(join(resourcesFolder, 'app-update.yml'), 'utf8'));
  } catch {
    return undefined;
  }
}

/** An unsigned update is as good as the line it came over, so there is none without encryption. */
export function updateAddress(config: string): string | undefined {
  const value = (key: string) =>
    new RegExp(`^${key}:[ ]*['"]?([^'"\\r\\n]+?)['"]?[ ]*$`, 'm').exec(config)?.[1];
  const address = value('url');
  if (value('provider') !== 'generic' || address === undefined || !URL.canParse(address))
    return undefined;
  return new URL(address).protocol === 'https:' ? address : undefined;
}
