// One question on the terminal.

import { createInterface } from 'node:readline';

/** Yes or no; no where nobody answers in time. Ask only where `process.stdin.isTTY`. */
export function askYesNo(question, withinMs) {
  return new Promise((resolve) => {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    const answer = (yes) => {
      clearTimeout(timer);
      terminal.close();
      resolve(yes);
    };
    const timer = setTimeout(() => {
      process.stderr.write('\n');
      answer(false);
    }, withinMs);
    terminal.question(question, (text) => answer(/^\s*y(es)?\s*$/i.test(text)));
    // Ctrl-C and Ctrl-D while the question stands.
    terminal.on('SIGINT', () => process.exit(130));
    terminal.on('close', () => answer(false));
  });
}
