// A browser without script, as far as the portal can tell: it keeps cookies, follows redirects and sends forms.

import type { FastifyInstance } from 'fastify';

const HOST = 'portal.test';

export interface PortalAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
  readonly bytes: Buffer;
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

  /** Goes where a redirect points, once. */
  async follow(answer: PortalAnswer): Promise<PortalAnswer> {
    const { location } = answer.headers;
    if (typeof location !== 'string') throw new Error(`No redirect, but ${answer.statusCode}.`);
    return this.get(location);
  }

  async #send(
    method: 'GET' | 'POST',
    path: string,
    payload: string | undefined,
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
  const inside = body.slice(body.indexOf('<body>'));
  return plain(inside.replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ');
}

function fieldsOf(inside: string): Record<string, string> {
  const inputs = [...inside.matchAll(/<input [^>]*name="([^"]*)" value="([^"]*)"/g)];
  const areas = [
    ...inside.matchAll(/<textarea [^>]*name="([^"]*)"[^>]*>\n?([\s\S]*?)<\/textarea>/g),
  ];
  return Object.fromEntries(
    [...inputs, ...areas].map(([, name, value]) => [plain(name), plain(value)]),
  );
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
