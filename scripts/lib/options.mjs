// A script's command line: typed options, and one sentence for whatever is not one of them.

import { resolve } from 'node:path';
import { Stop } from './project.mjs';

/**
 * @param {readonly string[]} argv the arguments after the script's name
 * @param {{ usage: string, options: Record<string, 'flag' | 'text' | 'folder' | 'port' | 'url'> }} known
 * @returns {Record<string, unknown>} flags are booleans (false where absent), the rest undefined where absent
 */
export function readOptions(argv, known) {
  const found = {};
  for (const [name, type] of Object.entries(known.options))
    found[name] = type === 'flag' ? false : undefined;
  const rest = [...argv];
  while (rest.length > 0) {
    const [written, inlineValue] = splitOnce(rest.shift());
    const name = written.replace(/^--/, '');
    const type = Object.hasOwn(known.options, name) ? known.options[name] : undefined;
    if (!written.startsWith('--') || type === undefined)
      throw new Stop(`"${written}" is not an option. ${known.usage}`);
    if (type === 'flag') {
      if (inlineValue !== undefined) throw new Stop(`--${name} takes no value. ${known.usage}`);
      found[name] = true;
    } else {
      const value = inlineValue ?? rest.shift();
      if (
        value === undefined ||
        value === '' ||
        (inlineValue === undefined && value.startsWith('--'))
      )
        throw new Stop(`--${name} needs a value. ${known.usage}`);
      found[name] = READERS[type](value, name);
    }
  }
  return found;
}

function splitOnce(argument) {
  const at = argument.startsWith('--') ? argument.indexOf('=') : -1;
  return at < 0 ? [argument, undefined] : [argument.slice(0, at), argument.slice(at + 1)];
}

const READERS = {
  text: (value) => value,
  // npm runs scripts in the project's folder; INIT_CWD is where the person stood.
  folder: (value) => resolve(process.env.INIT_CWD ?? process.cwd(), value),
  port: (value, name) => {
    const port = Number(value);
    if (!/^\d+$/.test(value) || port < 1 || port > 65_534)
      throw new Stop(`--${name} ${value} is not a port. Choose a number from 1 to 65534.`);
    return port;
  },
  url: (value, name) => {
    const url = URL.canParse(value) ? new URL(value) : undefined;
    if (url === undefined || !['http:', 'https:'].includes(url.protocol))
      throw new Stop(
        `--${name} ${value} is not an address. Write it in full, as in http://127.0.0.1:4810.`,
      );
    return url.href.replace(/\/$/, '');
  },
};
