// The programs a script starts: watched for their listening line, and stopped together.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { PROJECT, Stop } from './project.mjs';

/** Ctrl-C promises an end within 2 s. What a program had accepted is on the disk by then, so a hard end loses nothing. */
const STOP_WITHIN_MS = 1_700;
const KEPT_LINES = 30;

export class ChildPrograms {
  #running = new Map();
  #stopping = false;

  /**
   * @param {{ name: string, command?: string, args: readonly string[], env?: Record<string, string> }} program
   *   `name` is what a person calls it: "The sync server"; `command` is this Node unless told otherwise
   * @returns {StartedProgram}
   */
  start({ name, command = process.execPath, args, env = {} }) {
    if (this.#stopping) throw new Stop(`${name} was not started: everything is being stopped.`);
    const child = spawn(command, args, {
      cwd: PROJECT,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const program = new StartedProgram(name, child);
    this.#running.set(child, program);
    program.ended.then(() => this.#running.delete(child));
    return program;
  }

  /**
   * Runs a program to its end.
   *
   * @throws {Stop} with what it said last, where it fails
   */
  async complete(program) {
    const started = this.start(program);
    if ((await started.ended) !== 0) throw new Stop(started.lastWords());
    return started;
  }

  /** Answers with the first program that ends by itself; never where all end because of `stop`. */
  firstUnexpectedEnd() {
    return new Promise((resolve) => {
      for (const program of this.#running.values())
        program.ended.then((code) => {
          if (!this.#stopping) resolve({ program, code });
        });
    });
  }

  async stop() {
    this.#stopping = true;
    const endings = [];
    for (const [child, program] of this.#running) {
      child.kill('SIGTERM');
      const hardEnd = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      endings.push(program.ended.then(() => clearTimeout(hardEnd)));
    }
    await Promise.all(endings);
  }
}

class StartedProgram {
  /** Its exit code, once it has ended. */
  ended;
  #name;
  #lines = [];
  #listeners = new Set();

  constructor(name, child) {
    this.#name = name;
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on('line', (line) => this.#take(line));
    this.ended = new Promise((resolve) => {
      child.on('error', (problem) => {
        this.#take(problem.message);
        resolve(1);
      });
      // `close` comes after the last line was read, `exit` may come before it.
      child.on('close', (code, signal) => resolve(code ?? signal));
    });
  }

  /**
   * The first JSON line with this `event`.
   *
   * @throws {Stop} with what the program said last, where it ends without that line
   */
  async event(name) {
    const found = this.#lines.map(asEvent).find((line) => line?.event === name);
    if (found !== undefined) return found;
    return new Promise((resolve, reject) => {
      this.#listeners.add((line) => {
        const parsed = asEvent(line);
        if (parsed?.event === name) resolve(parsed);
      });
      this.ended.then(() => reject(new Stop(this.lastWords())));
    });
  }

  /** What it said for a person before it ended: programs write a plain sentence where they cannot go on. */
  lastWords() {
    const plain = this.#lines.filter((line) => asEvent(line) === undefined && line.trim() !== '');
    const said = plain.slice(-KEPT_LINES).join('\n');
    return said === '' ? `${this.#name} ended without a word.` : said;
  }

  #take(line) {
    this.#lines.push(line);
    if (this.#lines.length > KEPT_LINES * 4) this.#lines.splice(0, KEPT_LINES);
    for (const listener of this.#listeners) listener(line);
  }
}

function asEvent(line) {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
