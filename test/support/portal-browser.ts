// A browser without script, as far as the portal can tell: it keeps cookies, follows redirects and sends forms.

import type { FastifyInstance, InjectOptions } from 'fastify';

const HOST = 'portal.test';

export interface PortalAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
  readonly bytes: Buffer;
}

export interface SentFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly mediaType?: string;
}

export interface FormOnPage {
  readonly action: string;
  /** What the form would send as it stands, hidden inputs included. */
  readonly fields: Readonly<Record<string, string>>;
}

export class PortalBrowser {
  readonly cookies = new Map<string, string>();
  readonly #app: FastifyInstance;

  constructor(app: FastifyInstance) {
    this.#app = app;
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<PortalAnswer> {
    return this.#send('GET', path, undefined, headers);
  }

  /** As a form on one of the portal's own pages is sent, unless `headers` say otherwise. */
  async post(
    path: string,
    fields: Readonly<Record<string, string>>,
    headers: Record<string, string> = {},
  ): Promise<PortalAnswer> {
    const body = new URLSearchParams(fields).toString();
    return this.#send('POST', path, body, {
      'content-type': 'application/x-www-form-urlencoded',
      origin: `http://${HOST}`,
      'sec-fetch-site': 'same-origin',
      ...headers,
    });
  }

  /** As a form with files is sent: the fields first, then the files. */
  async postFiles(
    path: string,
    fields: Readonly<Record<string, string | readonly string[]>>,
    files: readonly SentFile[],
    headers: Record<string, string> = {},
  ): Promise<PortalAnswer> {
    const boundary = '----portal-browser-boundary';
    const parts = Object.entries(fields).flatMap(([name, value]) =>
      [value].flat().map((each) => part(boundary, `name="${name}"`, '', each)),
    );
    const fileParts = files.map(({ name, bytes, mediaType = 'application/octet-stream' }) =>
      part(
        boundary,
        `name="files"; filename="${name.replace(/["\r\n]/g, encodeURIComponent)}"`,
        `content-type: ${mediaType}\r\n`,
        bytes,
      ),
    );
    const body = Buffer.concat([...parts, ...fileParts, Buffer.from(`--${boundary}--\r\n`)]);
    return this.#send('POST', path, body, {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      origin: `http://${HOST}`,
      'sec-fetch-site': 'same-origin',
      ...headers,
    });
  }

  /** What the portal's script sends, or what pretends to be it. */
  async send(
    method: 'POST' | 'HEAD' | 'PATCH',
    path: string,
    headers: Record<string, string>,
    body?: Buffer,
  ): Promise<PortalAnswer> {
    return this.#send(method, path, body, headers);
  }

  /** Any request at all, as one of the portal's own pages sends it. */
  async request(
    method: string,
    { url = '', headers, payload }: Omit<InjectOptions, 'method' | 'url'> & { url?: string },
  ): Promise<PortalAnswer> {
    return this.#send(method as 'GET', url, payload as string | undefined, {
      origin: `http://${HOST}`,
      'sec-fetch-site': 'same-origin',
      ...(headers as Record<string, string>),
    });
  }

  /** Goes where a redirect points, once. */
  async follow(answer: PortalAnswer): Promise<PortalAnswer> {
    const { location } = answer.headers;
    if (typeof location !== 'string') throw new Error(`No redirect, but ${answer.statusCode}.`);
    return this.get(location);
  }

  async #send(
    method: 'GET' | 'POST' | 'HEAD' | 'PATCH',
    path: string,
    payload: string | Buffer | undefined,
    headers: Record<string, string>,
  ): Promise<PortalAnswer> {
    const answer = await this.#app.inject({
      method,
      url: path.replace(/#.*$/, ''),
      headers: { host: HOST, ...headers },
      cookies: Object.fromEntries(this.cookies),
      ...(payload === undefined ? {} : { payload }),
    });
    for (const { name, value, maxAge } of answer.cookies)
      if (maxAge === 0 || value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    return {
      statusCode: answer.statusCode,
      headers: answer.headers,
      body: answer.body,
      bytes: answer.rawPayload,
    };
  }
}

function part(boundary: string, about: string, more: string, content: string | Uint8Array): Buffer {
  const head = `--${boundary}\r\ncontent-disposition: form-data; ${about}\r\n${more}\r\n`;
  return Buffer.concat([Buffer.from(head), Buffer.from(content as string), Buffer.from('\r\n')]);
}

/** Every address a page names: links, pictures, style sheets, icons. */
export function addressesOn(body: string): readonly string[] {
  return [...body.matchAll(/\s(?:href|src)="([^"]*)"/g)].map(([, address]) => plain(address));
}

export function formsOn(body: string): readonly FormOnPage[] {
  return [...body.matchAll(/<form [^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g)].map(
    ([, action, inside = '']) => ({ action: plain(action), fields: fieldsOf(inside) }),
  );
}

export function formTo(body: string, actionPart: string): FormOnPage {
  const form = formsOn(body).find(({ action }) => action.includes(actionPart));
  if (form === undefined) throw new Error(`There is no form to ${actionPart} on the page.`);
  return form;
}

/** What a person reads on the page, tags away and entities undone. */
export function wordsOn(body: string): string {
  const inside = body.slice(body.indexOf('<body'));
  return plain(inside.replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ');
}

function fieldsOf(inside: string): Record<string, string> {
  const inputs = [...inside.matchAll(/<input ([^>]*)>/g)]
    .map(([, attributes = '']) => attributes)
    .filter((attributes) => !attributes.includes('type="file"'))
    .filter((attributes) => !attributes.includes('type="checkbox"') || / checked/.test(attributes))
    .map((attributes) => [attribute(attributes, 'name'), attribute(attributes, 'value')] as const);
  const areas = [
    ...inside.matchAll(/<textarea [^>]*name="([^"]*)"[^>]*>\n?([\s\S]*?)<\/textarea>/g),
  ].map(([, name, value]) => [plain(name), plain(value)] as const);
  const selects = [
    ...inside.matchAll(/<select [^>]*name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g),
  ].map(([, name, options = '']) => {
    const selected = /<option value="([^"]*)" selected>/.exec(options)?.[1];
    return [plain(name), plain(selected)] as const;
  });
  return Object.fromEntries([...inputs, ...areas, ...selects]);
}

function attribute(attributes: string, name: string): string {
  return plain(new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1]);
}

function plain(source = ''): string {
  const entities: Record<string, string> = {
    '&lt;': '<',
    '&gt;': '>',
    '&quot;': '"',
    '&#39;': "'",
    '&#96;': '`',
    '&amp;': '&',
  };
  return source.replace(/&(?:lt|gt|quot|#39|#96|amp);/g, (entity) => entities[entity] ?? entity);
}
