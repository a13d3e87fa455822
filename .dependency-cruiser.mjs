// The import rule of docs/architecture.md: what may import what. Everything the tables below do not allow is an error.
// test/scripts/import-rule.test.ts proves that each family of rule bites.

/** A package however it is resolved: found in node_modules, or not installed at all. */
const packages = (...names) => `^(${names.join('|')})$|(^|/)node_modules/(${names.join('|')})/`;
const OURS = '^(electron|renderer|sync-server|scripts|test|bench)/';
const PROTOCOL = '^sync-server/protocol/';
const CONTRACT = '^electron/core/api/[a-z-]*contract\\.ts$';

/** The floor of the core: whoever is in the core may stand on it. */
const CORE_FLOOR = '^electron/core/(host|errors|backoff|random-store)\\.ts$';
const SERVER_FLOOR = '^sync-server/(config|errors|html|log|metrics|timers)\\.ts$';

/**
 * Each place and what it may import of ours, itself apart. The first column is complete: a file outside of it breaks
 * the rule `known-place`.
 */
const LAYERS = [
  ['protocol', PROTOCOL, []],

  // The core: core > api > sync > attachments > {session, outbox} > mirror > protocol.
  ['core-floor', CORE_FLOOR, [CONTRACT, PROTOCOL]],
  ['contract', CONTRACT, [PROTOCOL]],
  ['core-mirror', '^electron/core/mirror/', [CONTRACT, CORE_FLOOR, PROTOCOL]],
  // Knows nothing of an office: it prints what it is told.
  ['core-printing', '^electron/core/printing/', [CORE_FLOOR, PROTOCOL]],
  ['core-session', '^electron/core/session/', coreBelow('mirror')],
  ['core-outbox', '^electron/core/outbox/', coreBelow('mirror')],
  ['core-attachments', '^electron/core/attachments/', coreBelow('mirror|session|outbox')],
  ['core-sync', '^electron/core/sync/', coreBelow('mirror|session|outbox|attachments')],
  ['core-api', '^electron/core/api/', coreBelow('mirror|session|outbox|attachments|sync|printing')],
  ['core', '^electron/core/core\\.ts$', coreBelow('mirror|session|outbox|attachments|sync|api')],

  // The hosts know the core by its doors.
  ['electron-entries', '^electron/(main|preload)\\.ts$', ['^electron/shell/', ...coreDoors()]],
  ['shell', '^electron/shell/', coreDoors()],
  ['loopback', '^electron/loopback/', coreDoors()],

  ['renderer', '^renderer/', [CONTRACT]],

  // The server: main > app > {portal, mail, scheduled, sync} > blobs > auth > storage > protocol.
  ['server-floor', SERVER_FLOOR, [PROTOCOL]],
  ['server-storage', '^sync-server/storage/', [SERVER_FLOOR, PROTOCOL]],
  ['server-auth', '^sync-server/auth/', serverBelow('storage')],
  ['server-blobs', '^sync-server/blobs/', serverBelow('storage|auth')],
  ['server-sync', '^sync-server/sync/', serverBelow('storage|auth|blobs')],
  ['server-mail', '^sync-server/mail/', serverBelow('storage|auth|blobs')],
  ['server-scheduled', '^sync-server/scheduled/', serverBelow('storage')],
  ['server-portal', '^sync-server/portal/', serverBelow('storage|auth|blobs')],
  ['server-app', '^sync-server/app\\.ts$', serverBelow('storage|auth|blobs|sync|mail|portal')],
  // The command line stands beside main: it uses the parts, and no part knows it.
  ['server-admin', '^sync-server/admin/', serverBelow('storage|auth|blobs|sync|mail')],
  [
    'server-main',
    '^sync-server/main\\.ts$',
    [...serverBelow('storage|auth|blobs|sync|mail|portal|scheduled'), '^sync-server/app\\.ts$'],
  ],

  ['scripts', '^scripts/', []],
  ['test-and-bench', '^(test|bench)/', [OURS]],
];

function coreBelow(folders) {
  return [`^electron/core/(${folders})/`, CONTRACT, CORE_FLOOR, PROTOCOL];
}

function serverBelow(folders) {
  return [`^sync-server/(${folders})/`, SERVER_FLOOR, PROTOCOL];
}

function coreDoors() {
  return ['^electron/core/(core|host|random-store)\\.ts$', CONTRACT];
}

/** A package and the only places that may import it. */
const FENCED_PACKAGES = [
  ['electron', ['electron', 'electron-updater'], '^electron/(main|preload)\\.ts$|^electron/shell/'],
  [
    'better-sqlite3',
    ['better-sqlite3'],
    '^electron/core/mirror/database\\.ts$|^sync-server/storage/sqlite-storage\\.ts$',
  ],
  ['pg', ['pg'], '^sync-server/storage/postgres-[a-z]+\\.ts$'],
  ['s3', ['@aws-sdk/[a-z-0-9]+'], '^sync-server/blobs/s3-bucket\\.ts$'],
  ['dexie', ['dexie', 'dexie-react-hooks'], '^renderer/drafts/'],
  ['axios', ['axios'], '^electron/core/session/server-client\\.ts$'],
];

export default {
  forbidden: [
    ...LAYERS.map(([name, from, allowed]) => ({
      name: `layer-${name}`,
      comment: `${from} may not import this: see "What may import what" in docs/architecture.md.`,
      severity: 'error',
      from: { path: from, ...besidesNarrower(name) },
      to: { path: OURS, pathNot: [from, ...allowed] },
    })),
    {
      name: 'known-place',
      comment: 'This file is in a folder the import rule does not know. Add the folder to LAYERS.',
      severity: 'error',
      from: { path: OURS, pathNot: LAYERS.map(([, from]) => from) },
      to: {},
    },
    {
      name: 'renderer-contract-types-only',
      comment:
        'The renderer knows the contract as types; code of the core must not reach the page.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: CONTRACT, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'contract-types-only',
      comment: 'Below api, the contract is a vocabulary of types.',
      severity: 'error',
      from: { path: '^electron/core/', pathNot: '^electron/core/(api/|core\\.ts$)' },
      to: { path: CONTRACT, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'renderer-is-a-page',
      comment: 'The renderer runs in a sandbox: there is no Node.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'protocol-is-pure',
      comment: 'The protocol runs on both sides, knows neither, and needs a schema library only.',
      severity: 'error',
      from: { path: PROTOCOL },
      to: { pathNot: [PROTOCOL, packages('zod')] },
    },
    {
      name: 'scripts-run-bare',
      comment: 'The scripts run on a clone with nothing installed: Node itself is all they have.',
      severity: 'error',
      from: { path: '^scripts/' },
      to: { pathNot: '^scripts/', dependencyTypesNot: ['core'] },
    },
    ...FENCED_PACKAGES.map(([name, fenced, allowedIn]) => ({
      name: `fence-${name}`,
      comment: 'This package is imported in one place only: see "What may import what".',
      severity: 'error',
      from: {
        path: '^(electron|renderer|sync-server)/',
        pathNot: [allowedIn, ...typeOnlyDoor(name)],
      },
      to: { path: packages(...fenced) },
    })),
    {
      name: 'fence-axios-type',
      comment:
        "The host names axios's adapter as a type; its code is imported by server-client alone.",
      severity: 'error',
      from: { path: '^electron/core/host\\.ts$' },
      to: { path: packages('axios'), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-development-packages',
      comment: 'What runs at the office is installed without development packages.',
      severity: 'error',
      from: {
        path: '^(electron/(core|loopback)|sync-server)/',
        pathNot: '^sync-server/admin/demo-office/make-files\\.mjs$',
      },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-cycles',
      comment: 'Files that need each other are one file, or three.',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { circular: true },
    },
    {
      name: 'no-cycles-in-tests',
      comment:
        'A test’s world and what lives in it may know each other’s types; nothing needs the other to run.',
      severity: 'error',
      from: { path: '^test/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      comment: 'This import leads nowhere.',
      severity: 'error',
      // The peers of the bench have packages of their own, which are there only once the bench was run.
      from: { pathNot: '^bench/peers/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist|node_modules)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    detectJSDocImports: false,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'module', 'node', 'types', 'default'],
    },
  },
};

/** The contract lies in the api folder and has a stricter rule of its own. */
function besidesNarrower(name) {
  return name === 'core-api' ? { pathNot: CONTRACT } : {};
}

function typeOnlyDoor(name) {
  return name === 'axios' ? ['^electron/core/host\\.ts$'] : [];
}
