import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../sync-server/config.ts';

describe('the server’s settings', () => {
  it('(J3) need nothing: one port on this machine and a folder', () => {
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 4810,
      dataFolder: resolve('.docket'),
      publicUrl: null,
      databaseUrl: null,
      s3: null,
    });
  });

  it('are read from the environment', () => {
    const config = readConfig({
      DOCKET_HOST: '0.0.0.0',
      DOCKET_PORT: '80',
      DOCKET_DATA: '/srv/docket',
      DOCKET_PUBLIC_URL: 'https://docket.example/office/',
      DOCKET_TIME_ZONE: 'Europe/Lisbon',
      DOCKET_LOG: 'warn',
      DOCKET_TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8 ::1',
      DOCKET_DAY_MESSAGES: '20',
      DOCKET_DAY_MB: '500',
    });
    expect(config).toEqual({
      host: '0.0.0.0',
      port: 80,
      dataFolder: resolve('/srv/docket'),
      databaseUrl: null,
      s3: null,
      publicUrl: 'https://docket.example/office',
      timeZone: 'Europe/Lisbon',
      logLevel: 'warn',
      keepDeletionsMs: 90 * 24 * 60 * 60 * 1000,
      customerDay: { messages: 20, saves: 200, files: 300, bytes: 500_000_000 },
      trustedProxies: ['127.0.0.1', '10.0.0.0/8', '::1'],
      mail: { kind: 'folder', folder: '/srv/docket/mails', from: 'no-reply@docket.invalid' },
    });
  });

  it('that are left empty are the usual ones', () => {
    const empty = { DOCKET_PORT: '', DOCKET_DATA: '', DOCKET_PUBLIC_URL: '', DOCKET_SMTP_URL: '' };
    expect(readConfig(empty)).toEqual(readConfig({}));
  });

  it('refuse a word for monitors that could be guessed', () => {
    expect(() => readConfig({ DOCKET_METRICS_TOKEN: 'short' })).toThrow(/DOCKET_METRICS_TOKEN/);
  });

  it('know an address however it is written, since a secure one makes secure cookies', () => {
    const { publicUrl } = readConfig({ DOCKET_PUBLIC_URL: 'HTTPS://Docket.Example/Office//' });
    expect(publicUrl).toBe('https://docket.example/Office');
  });

  it('(J3) name a database and a bucket that several processes share', () => {
    const DOCKET_DATABASE_URL = 'postgres://docket:s%40fe@db.example:5432/docket?sslmode=require';
    const keys = { DOCKET_S3_KEY: 'key', DOCKET_S3_SECRET: 'secret' };
    const bucket = { DOCKET_S3_BUCKET: 'docket', ...keys };
    const own = { ...bucket, DOCKET_S3_ENDPOINT: 'https://store.example', DOCKET_DATABASE_URL };
    const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
    const usual = { bucket: 'docket', region: 'us-east-1', credentials };
    expect(readConfig(own)).toMatchObject({
      databaseUrl: DOCKET_DATABASE_URL,
      s3: { ...usual, endpoint: 'https://store.example', pathStyle: true },
    });
    expect(readConfig(bucket).s3).toEqual({ ...usual, endpoint: undefined, pathStyle: false });
    expect(readConfig({ DOCKET_S3_BUCKET: 'docket' }).s3?.credentials).toBeUndefined();
    expect(() => readConfig(keys)).toThrow(/DOCKET_S3_BUCKET is missing/);
    expect(() => readConfig({ ...bucket, DOCKET_S3_SECRET: '' })).toThrow(/go together/);
  });

  it('(J3) a database’s address that is not understood is not repeated: a password may stand in it', () => {
    const DOCKET_DATABASE_URL = 'mysql://docket:secret@db.example/docket';
    const refused = () => readConfig({ DOCKET_DATABASE_URL });
    expect(refused).toThrow(/DOCKET_DATABASE_URL is not valid.*postgres:\/\//);
    expect(refused).not.toThrow(/secret/);
  });

  it('(F2) name a mail server and the address mails come from', () => {
    const DOCKET_SMTP_URL = 'smtps://office:secret@mail.example:465';
    const config = readConfig({ DOCKET_SMTP_URL, DOCKET_MAIL_FROM: 'office@harbour.example' });
    expect(config.mail).toEqual({
      kind: 'smtp',
      url: DOCKET_SMTP_URL,
      from: 'office@harbour.example',
    });
    expect(() => readConfig({ DOCKET_SMTP_URL })).toThrow(/DOCKET_MAIL_FROM is missing/);
  });

  it.each([
    ['DOCKET_PORT', '70000'],
    ['DOCKET_PORT', 'front'],
    ['DOCKET_PUBLIC_URL', 'docket.example'],
    ['DOCKET_PUBLIC_URL', 'ftp://docket.example'],
    ['DOCKET_PUBLIC_URL', 'https://docket.example/?office=1'],
    ['DOCKET_PUBLIC_URL', 'https://docket.example/#office'],
    ['DOCKET_PUBLIC_URL', 'https://office:secret@docket.example'],
    ['DOCKET_TIME_ZONE', 'Middle-earth/Shire'],
    ['DOCKET_SMTP_URL', 'https://mail.example'],
    ['DOCKET_SMTP_URL', 'mail.example'],
    ['DOCKET_MAIL_FROM', 'The office'],
    ['DOCKET_MAIL_FROM', 'office@example.com\r\nBcc: all@example.com'],
    ['DOCKET_LOG', 'everything'],
    ['DOCKET_DAY_FILES', '0'],
    ['DOCKET_DAY_MB', 'many'],
    ['DOCKET_TRUSTED_PROXIES', 'proxy.example'],
    ['DOCKET_TRUSTED_PROXIES', '10.0.0.0/33'],
    ['DOCKET_TRUSTED_PROXIES', '0.0.0.0/0'],
    ['DOCKET_TRUSTED_PROXIES', '::/0'],
  ])('%s of "%s" is refused with its name', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(ConfigError);
    expect(() => readConfig({ [name]: value })).toThrow(`The setting ${name} is not valid`);
  });
});
