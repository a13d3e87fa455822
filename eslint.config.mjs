// Lint: what types cannot see. The import rule is not here but in .dependency-cruiser.mjs, formatting is Biome's.

import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const NO_DEFAULT_EXPORT = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name: a thing has one name everywhere.',
};

const NO_CHOSEN_TESTS = {
  selector:
    'MemberExpression[object.name=/^(test|it|describe)$/][property.name=/^(only|skip|skipIf|runIf|todo|fails)$/]',
  message: 'Every test runs, every time.',
};

const NO_FIXED_SLEEPS = [
  "NewExpression[callee.name='Promise'] > ArrowFunctionExpression > CallExpression[callee.name='setTimeout']",
  "NewExpression[callee.name='Promise'] CallExpression[callee.name='setTimeout'][arguments.0.name='resolve']",
  "ImportDeclaration[source.value='node:timers/promises'] ImportSpecifier[imported.name='setTimeout']",
  "CallExpression[callee.property.name='waitForTimeout']",
].map((selector) => ({
  selector,
  message: 'Wait for what you wait for (vi.waitFor, an event), not for time to pass.',
}));

/** Time, chance, network and environment reach the core and the protocol from outside: two cores live in one test process. */
const ONLY_THROUGH_HOST = [
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: 'Ask the host: host.clock.now().',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Ask the host: new Date(host.clock.now()).',
  },
  {
    selector: "MemberExpression[object.name='performance'][property.name='now']",
    message: 'Ask the host: host.clock.now().',
  },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'Ask the host: host.randomBytes().',
  },
  {
    selector:
      'ImportSpecifier[imported.name=/^(randomUUID|randomBytes|randomInt|getRandomValues)$/]',
    message: 'Ask the host: host.randomBytes().',
  },
  {
    selector: 'CallExpression[callee.property.name=/^(randomUUID|getRandomValues)$/]',
    message: 'Ask the host: host.randomBytes().',
  },
  {
    selector: "MemberExpression[object.name='process'][property.name=/^(env|argv|cwd|exit)$/]",
    message: 'The host knows the surroundings; the core does not.',
  },
  {
    selector: 'CallExpression[callee.name=/^(setTimeout|setInterval|setImmediate)$/]',
    message: 'Ask the host: host.clock.after().',
  },
  { selector: "CallExpression[callee.name='fetch']", message: 'Go through server-client.' },
];

const ENVIRONMENT_IN_CONFIG = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'config.ts looks into the environment, nobody else.',
};

export default defineConfig(
  { ignores: ['out/', 'dist/', 'node_modules/', '.docket/', 'docs/'] },

  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'max-lines': ['error', { max: 400 }],
      'no-restricted-syntax': ['error', NO_DEFAULT_EXPORT],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // React and Electron call handlers and drop what they answer; a handler may be asynchronous.
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false, arguments: false } },
      ],
      // Spreading a string is how it is taken apart by code points.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // `while (true)` with a return inside reads better than a flag.
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      // It knows classes by name alone, and takes the WebSocket of a server for the browser's.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // A synchronous implementation of an asynchronous interface is no mistake.
      '@typescript-eslint/require-await': 'off',
      // Parts are object literals that are handed on by destructuring; none of them uses `this`.
      '@typescript-eslint/unbound-method': 'off',
      // Typed doors such as `request<N extends RequestName>(name: N)` are worth their type parameter.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
    },
  },

  {
    files: ['electron/core/**/*.ts', 'sync-server/protocol/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', NO_DEFAULT_EXPORT, ...ONLY_THROUGH_HOST] },
  },
  {
    files: ['sync-server/**/*.ts'],
    // main and the commands hand the environment to config.ts, which alone looks into it.
    ignores: ['sync-server/main.ts', 'sync-server/admin/*.ts', 'sync-server/protocol/**'],
    rules: { 'no-restricted-syntax': ['error', NO_DEFAULT_EXPORT, ENVIRONMENT_IN_CONFIG] },
  },

  {
    files: ['renderer/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat.recommended, jsxA11y.flatConfigs.strict],
    rules: {
      // A page or dialog that opens puts the cursor where a person types next.
      'jsx-a11y/no-autofocus': 'off',
    },
  },

  {
    files: ['test/**/*.{ts,tsx}', 'bench/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 600 }],
      'no-restricted-syntax': ['error', NO_DEFAULT_EXPORT, NO_CHOSEN_TESTS, ...NO_FIXED_SLEEPS],
      '@typescript-eslint/no-non-null-assertion': 'off',
      // expect.any() and its kin are typed as any.
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },

  {
    files: ['*.config.ts', 'test/**/*.config.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },

  {
    files: ['**/*.mjs'],
    extends: [tseslint.configs.recommended],
    rules: { 'max-lines': ['error', { max: 400 }] },
  },
);
