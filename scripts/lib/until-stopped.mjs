// From start to stop: Ctrl-C ends every program within two seconds.

import { ChildPrograms } from './child-programs.mjs';
import { Stop } from './project.mjs';

/**
 * @param {(programs: ChildPrograms) => Promise<void>} start starts the programs and says what a person needs to know
 */
export async function runUntilStopped(start) {
  const programs = new ChildPrograms();
  // A signal while something still starts counts as well; a second one changes nothing, the first is quick enough.
  const stopped = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve());
  });
  try {
    const started = start(programs).then(() => programs.firstUnexpectedEnd());
    const end = await Promise.race([stopped, started]);
    // A closed window is how a person ends Docket; anything else that ends by itself has failed.
    if (end !== undefined && end.code !== 0) throw new Stop(end.program.lastWords());
  } finally {
    await programs.stop();
  }
  process.exit(0);
}
