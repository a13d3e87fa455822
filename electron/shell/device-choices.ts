// What a person chose about Docket on this computer, whoever is signed in. (I1)

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export interface DeviceChoices {
  /** Closing the last window leaves Docket running in the tray. */
  readonly keepsRunning: boolean;
}

/** As programs do on Windows and Linux: without a window they end. */
const UNCHOSEN: DeviceChoices = { keepsRunning: false };

export function readDeviceChoices(file: string): DeviceChoices {
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as Partial<DeviceChoices>;
    return { keepsRunning: kept.keepsRunning === true };
  } catch {
    // Not there yet, or damaged.
    return UNCHOSEN;
  }
}

/** A choice that cannot be kept holds until Docket ends. */
export function keepDeviceChoices(file: string, choices: DeviceChoices): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(choices));
  } catch {
    return;
  }
}
