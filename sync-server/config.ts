// The server's settings: read from the environment once, here and nowhere else.

import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import * as z from 'zod';

export interface Config {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** The database and the bytes live here, and nothing of the server anywhere else. */
  readonly dataFolder: string;
  /** What customers' links begin with, without a slash at the end. Null: the address the server listens on. */
  readonly publicUrl: string | null;
  /** IANA name; the portal's dates are written in it. */
  readonly timeZone: string;
  readonly logLevel: LogLevel;
  /** What one customer can send in a day; the usual unless told otherwise. */
  readonly customerDay?: DayVolume | undefined;
  /** Addresses and networks whose word counts on who asks through them; nobody's unless told otherwise. */
  readonly trustedProxies?: readonly string[];
  /** What a monitor has to know to be told how the server does; nobody is told where there is none. (J4) */
  readonly metricsToken?: string | undefined;
  /** How long a deletion is remembered; a device that was away longer gets a fresh copy. [L3] */
  readonly keepDeletionsMs: number;
}

/** How much of each one customer can send in a day. */
export interface DayVolume {
  readonly messages: number;
  readonly saves: number;
  readonly files: number;
  readonly bytes: number;
}

/** Far more than a person sends, far less than fills an office's disk or its desks. */
export const USUAL_DAY: DayVolume = {
  messages: 200,
  saves: 200,
  files: 300,
  bytes: 3_000_000_000,
};

/** What a start reads: the application's settings, where everything is kept, and where mails go. */
export interface StartConfig extends Config, KeptWhere {
  readonly mail: MailConfig;
}

/** Where an office's data is. (J3) */
export interface KeptWhere {
  readonly dataFolder: string;
  /** A PostgreSQL database with user and password; null: an SQLite file in the data folder. */
  readonly databaseUrl: string | null;
  /** Null: files are in the data folder. */
  readonly s3: S3Config | null;
}

export interface S3Config {
  /** Undefined: Amazon's own, by the region. */
  readonly endpoint: string | undefined;
  readonly bucket: string;
  readonly region: string;
  /** https://HOST/BUCKET/KEY instead of https://BUCKET.HOST/KEY. */
  readonly pathStyle: boolean;
  /** Undefined: those of the machine's role. */
  readonly credentials:
    | { readonly accessKeyId: string; readonly secretAccessKey: string }
    | undefined;
}

/** `from` is the address alone; the name beside it is the office's. */
export type MailConfig =
  | { readonly kind: 'smtp'; readonly url: string; readonly from: string }
  /** Without a mail server mails are written to a folder. (F2) */
  | { readonly kind: 'folder'; readonly folder: string; readonly from: string };

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';

const MEGABYTE = 1_000_000;
const count = (usual: number) => z.coerce.number().int().min(1).max(1_000_000).default(usual);

const environment = z.object({
  DOCKET_HOST: z.string().min(1).default('127.0.0.1'),
  DOCKET_PORT: z.coerce.number().int().min(0).max(65_535).default(4810),
  DOCKET_DATA: z.string().min(1).default('.docket'),
  DOCKET_DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error: 'is not an address like postgres://user:password@host:5432/docket',
    })
    .optional(),
  DOCKET_S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  DOCKET_S3_BUCKET: z.string().min(3).max(63).optional(),
  DOCKET_S3_REGION: z.string().min(1).default('us-east-1'),
  DOCKET_S3_KEY: z.string().min(1).optional(),
  DOCKET_S3_SECRET: z.string().min(1).optional(),
  DOCKET_S3_PATH_STYLE: z.enum(['true', 'false']).optional(),
  DOCKET_PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform((text) => new URL(text))
    .refine(isBareAddress, 'is an address with more than a host and a path')
    .transform(({ href }) => href.replace(/\/+$/, ''))
    .optional(),
  DOCKET_TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'is not a time zone like Europe/Berlin')
    .optional(),
  DOCKET_KEEP_DELETIONS_DAYS: z.coerce.number().min(1).max(3650).default(90),
  DOCKET_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  DOCKET_MAIL_FROM: z.email().max(254).optional(),
  DOCKET_MAIL_FOLDER: z.string().min(1).optional(),
  DOCKET_TRUSTED_PROXIES: z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter((part) => part !== ''))
    .refine((list) => list.every(isAddressOrNetwork), 'is not a list like 127.0.0.1, 10.0.0.0/8')
    .default([]),
  DOCKET_DAY_MESSAGES: count(USUAL_DAY.messages),
  DOCKET_DAY_SAVES: count(USUAL_DAY.saves),
  DOCKET_DAY_FILES: count(USUAL_DAY.files),
  DOCKET_DAY_MB: count(USUAL_DAY.bytes / MEGABYTE),
  DOCKET_METRICS_TOKEN: z.string().min(16, 'is shorter than 16 characters').optional(),
  DOCKET_LOG: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
});

/** @throws ConfigError naming the variable that is wrong */
export function readConfig(env: Readonly<Record<string, string | undefined>>): StartConfig {
  const parsed = environment.safeParse(withoutEmpty(env));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new ConfigError(
      `The setting ${issue?.path.join('.') ?? ''} is not valid: ${issue?.message ?? 'unknown reason'}.`,
    );
  }
  const settings = parsed.data;
  return {
    host: settings.DOCKET_HOST,
    port: settings.DOCKET_PORT,
    dataFolder: resolve(settings.DOCKET_DATA),
    databaseUrl: settings.DOCKET_DATABASE_URL ?? null,
    s3: s3Config(settings),
    publicUrl: settings.DOCKET_PUBLIC_URL ?? null,
    timeZone: settings.DOCKET_TIME_ZONE ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    logLevel: settings.DOCKET_LOG,
    trustedProxies: settings.DOCKET_TRUSTED_PROXIES,
    customerDay: {
      messages: settings.DOCKET_DAY_MESSAGES,
      saves: settings.DOCKET_DAY_SAVES,
      files: settings.DOCKET_DAY_FILES,
      bytes: settings.DOCKET_DAY_MB * MEGABYTE,
    },
    metricsToken: settings.DOCKET_METRICS_TOKEN,
    keepDeletionsMs: settings.DOCKET_KEEP_DELETIONS_DAYS * DAY_MS,
    mail: mailConfig(settings),
  };
}

/** A file of settings names many that are left empty. */
function withoutEmpty(env: Readonly<Record<string, string | undefined>>) {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}

/** What follows is hung on behind it. */
function isBareAddress({ search, hash, username, password }: URL): boolean {
  return [search, hash, username, password].every((part) => part === '');
}

const DAY_MS = 24 * 60 * 60 * 1000;

function s3Config(settings: z.infer<typeof environment>): S3Config | null {
  const { DOCKET_S3_BUCKET: bucket, DOCKET_S3_ENDPOINT: endpoint } = settings;
  const { DOCKET_S3_KEY: accessKeyId, DOCKET_S3_SECRET: secretAccessKey } = settings;
  if (bucket === undefined) {
    if (endpoint === undefined && accessKeyId === undefined) return null;
    throw new ConfigError(
      'The setting DOCKET_S3_BUCKET is missing: it names the bucket files are kept in.',
    );
  }
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined))
    throw new ConfigError(
      'The settings DOCKET_S3_KEY and DOCKET_S3_SECRET go together: set both, or neither where the machine has a role that may use the bucket.',
    );
  return {
    endpoint,
    bucket,
    region: settings.DOCKET_S3_REGION,
    // Most stores that are not Amazon's have no host of its own for each bucket.
    pathStyle: (settings.DOCKET_S3_PATH_STYLE ?? String(endpoint !== undefined)) === 'true',
    credentials:
      accessKeyId === undefined || secretAccessKey === undefined
        ? undefined
        : { accessKeyId, secretAccessKey },
  };
}

function mailConfig(settings: z.infer<typeof environment>): MailConfig {
  const { DOCKET_SMTP_URL: url, DOCKET_MAIL_FROM: from } = settings;
  if (url === undefined) {
    const folder = resolve(settings.DOCKET_MAIL_FOLDER ?? join(settings.DOCKET_DATA, 'mails'));
    return { kind: 'folder', folder, from: from ?? 'no-reply@docket.invalid' };
  }
  if (from === undefined)
    throw new ConfigError(
      'The setting DOCKET_MAIL_FROM is missing: mails need an address they come from, like office@example.com.',
    );
  return { kind: 'smtp', url, from };
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** A network of all addresses is refused: then whoever asks could say any address. */
function isAddressOrNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  if (bits === undefined) return true;
  return /^\d{1,3}$/.test(bits) && Number(bits) > 0 && Number(bits) <= (version === 4 ? 32 : 128);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
