// Makes a fresh clone ready: the packages of package-lock.json, and a Node that runs TypeScript as it stands.
// Runs on any Node >= 18 with nothing installed, so it imports nothing but Node.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { inProject, secondsSince, Stop } from './lib/project.mjs';

const STAMP = inProject('node_modules/.docket-setup');
/** In node_modules, so that it goes with the packages it was made from. */
const COMPILED = inProject('node_modules/.cache/docket-compiled');
const OWN_NODE_FOLDER = inProject('node_modules/node');
const OWN_NODE = inProject(
  'node_modules/node/bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

// crypto.argon2 came with 24.7; running TypeScript without a flag came before it.
const NEEDED_NODE = { major: 24, minor: 7 };

/**
 * Installs what is missing and answers on a Node that is new enough: on an older one the calling script is run again on
 * the project's own Node, and this process only passes on its signals and its exit code.
 */
export async function ensureReady() {
  await ensurePackages();
  keepWhatIsCompiled();
  if (isNewEnough(process.versions.node)) return;
  await ensureOwnNode();
  await runToItsEnd(OWN_NODE, process.argv.slice(1));
}

/**
 * What Node has made of the project's TypeScript, the programs started from here find ready: each starts in half the time
 * and, with no compiler in it, stays 25 MB smaller.
 */
function keepWhatIsCompiled() {
  process.env.NODE_COMPILE_CACHE ??= COMPILED;
}

export function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > NEEDED_NODE.major || (major === NEEDED_NODE.major && minor >= NEEDED_NODE.minor);
}

async function ensurePackages() {
  const lock = readFileSync(inProject('package-lock.json'), 'utf8');
  const wanted = createHash('sha256').update(lock).digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  if (!isInstalled(JSON.parse(lock))) await installPackages();
  writeFileSync(STAMP, wanted);
}

/** True where a person has installed exactly the locked packages by hand. */
function isInstalled(lock) {
  const listFile = inProject('node_modules/.package-lock.json');
  if (!existsSync(listFile)) return false;
  const installed = JSON.parse(readFileSync(listFile, 'utf8')).packages;
  return Object.entries(lock.packages).every(([place, wanted]) => {
    if (place === '') return true;
    const found = installed[place];
    return found === undefined ? wanted.optional === true : found.version === wanted.version;
  });
}

async function installPackages() {
  const startMs = Date.now();
  say(
    'Setting up: installing the packages of package-lock.json. This takes a minute or two, once.',
  );
  // Without scripts: the native packages carry their binaries, and none may try to compile on a person's machine.
  const { code, output } = await runNpm([
    'ci',
    '--ignore-scripts',
    '--include=dev',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--fetch-retry-mintimeout=2000',
    '--fetch-retry-maxtimeout=10000',
  ]);
  if (code !== 0) throw new Stop(whyNpmFailed(output));
  say(`Set up in ${secondsSince(startMs)}.`);
}

/** `node` is a package whose install script fetches the package with the binary for this machine. */
async function ensureOwnNode() {
  if (existsSync(OWN_NODE)) return;
  const startMs = Date.now();
  say(`Setting up: this is Node ${process.versions.node}; fetching Node 24 for the project, once.`);
  const { code, output } = await collect(
    spawn(process.execPath, ['installArchSpecificPackage.js'], {
      cwd: OWN_NODE_FOLDER,
      env: { ...process.env, npm_config_loglevel: 'error', npm_config_omit: '' },
    }),
  );
  if (code !== 0 || !existsSync(OWN_NODE)) {
    if (isNetworkTrouble(output)) throw new Stop(NO_NETWORK);
    throw new Stop(
      `Docket needs Node ${NEEDED_NODE.major}.${NEEDED_NODE.minor} or newer, this is ${process.versions.node}, and no package brings it to this machine (${process.platform} ${process.arch}). Install Node ${NEEDED_NODE.major} and run the same command again.`,
    );
  }
  say(`Node 24 fetched in ${secondsSince(startMs)}.`);
}

/** Runs a program in place of this one: its output, its signals and in the end its exit code are this process's. */
export function runToItsEnd(command, args) {
  const child = spawn(command, args, { stdio: 'inherit' });
  // A terminal's Ctrl-C reaches both processes; this one must outlive the child to pass on its exit code.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  return new Promise((_, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
  });
}

function runNpm(args) {
  const npmScript = process.env.npm_execpath;
  const runsUnderNpm = npmScript !== undefined && /npm-cli\.c?js$/.test(npmScript);
  return collect(
    runsUnderNpm
      ? spawn(process.execPath, [npmScript, ...args], { cwd: inProject() })
      : // On Windows npm is a batch file, which only a shell can run; every argument is a constant of ours.
        spawn('npm', args, { cwd: inProject(), shell: process.platform === 'win32' }),
  );
}

function collect(child) {
  return new Promise((resolve) => {
    let output = '';
    const take = (chunk) => {
      output = (output + chunk).slice(-20_000);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', (problem) => resolve({ code: 1, output: `${output}\n${problem.message}` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

const NO_NETWORK =
  'Docket cannot be set up: the npm registry does not answer. Connect to the network and run the same command again; it is needed for the first start only.';

const isNetworkTrouble = (output) =>
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|network/i.test(
    output,
  );

/** @param {string} output what npm printed */
export function whyNpmFailed(output) {
  if (isNetworkTrouble(output)) return NO_NETWORK;
  if (/ENOSPC/.test(output))
    return 'Docket cannot be set up: the disk is full. The packages need about 1 GB; make room and run the same command again.';
  if (/EACCES|EPERM|EROFS/.test(output))
    return `Docket cannot be set up: the folder ${inProject()} cannot be written to. Allow writing there, or clone the project somewhere else.`;
  const said = output
    .split('\n')
    .filter((line) => /^npm (error|ERR!)/.test(line))
    .slice(0, 6)
    .join('\n');
  return `Docket cannot be set up: npm could not install the packages.\n${said || output.slice(-500)}`;
}

function say(line) {
  process.stderr.write(`${line}\n`);
}
