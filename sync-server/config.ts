// The server's settings: read from the environment once, here and nowhere else.

import { resolve } from 'node:path';
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
}

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';

const environment = z.object({
  DOCKET_HOST: z.string().min(1).default('127.0.0.1'),
  DOCKET_PORT: z.coerce.number().int().min(0).max(65_535).default(4810),
  DOCKET_DATA: z.string().min(1).default('.docket'),
  DOCKET_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DOCKET_TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'is not a time zone like Europe/Berlin')
    .optional(),
  DOCKET_LOG: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
});

/** @throws ConfigError naming the variable that is wrong */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const parsed = environment.safeParse(env);
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
    publicUrl: settings.DOCKET_PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    timeZone: settings.DOCKET_TIME_ZONE ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    logLevel: settings.DOCKET_LOG,
  };
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
