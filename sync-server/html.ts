// HTML that cannot be broken by what people write: whatever is put into a template is escaped, unless it is itself HTML
// made by a template. Attribute values must stand in double quotes.

/** Markup that is safe to send. Only `html` makes it. */
export class Html {
  readonly #source: string;

  private constructor(source: string) {
    this.#source = source;
  }

  static fromTemplate(parts: readonly string[], values: readonly HtmlValue[]): Html {
    const filled = parts.map((part, index) => part + sourceOf(values[index]));
    return new Html(filled.join(''));
  }

  toString(): string {
    return this.#source;
  }
}

/** What may stand in a template; `null`, `undefined` and `false` leave nothing behind. */
export type HtmlValue = Html | string | number | null | undefined | false | readonly HtmlValue[];

/** `html`<p title="${anything}">${anything}</p>`` */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return Html.fromTemplate(parts, values);
}

function sourceOf(value: HtmlValue): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Html) return value.toString();
  if (Array.isArray(value)) return value.map(sourceOf).join('');
  return escape(String(value));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

function escape(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => ENTITIES[character] ?? '');
}
