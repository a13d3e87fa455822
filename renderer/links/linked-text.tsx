import { Marked } from '../activity/marked.tsx';
import { goTo } from '../hash-address.ts';
import { addressOfLink } from './docket-link.ts';

const LINK = String.raw`(?:https?|docket):\/\/[^\s<>"“”]+`;
/** Ends a sentence or closes a bracket rather than being part of an address. */
const AFTER = /[.,;:!?'’»)\]}]+$/;

/**
 * A text as it was written, its web addresses and links to jobs to be followed, who is mentioned in it told apart, searched words
 * marked. (B4, B6, C7)
 */
export function LinkedText({
  text,
  search,
  names = [],
}: {
  text: string;
  search: string;
  /** Of colleagues; none where nobody is mentioned, as in what customers read. */
  names?: readonly string[];
}) {
  return partsOf(text, names).map(({ from, part, kind }) => {
    switch (kind) {
      case 'link':
        return <TextLink key={from} link={part} search={search} />;
      case 'mention':
        return (
          <b key={from} className="font-semibold">
            <Marked text={part} search={search} />
          </b>
        );
      case 'text':
        return <Marked key={from} text={part} search={search} />;
    }
  });
}

function TextLink({ link, search }: { link: string; search: string }) {
  const address = addressOfLink(link);
  const look = 'text-accent underline underline-offset-2 wrap-anywhere hover:no-underline';
  if (address !== undefined)
    return (
      <a
        href={`#${address}`}
        className={look}
        onClick={(event) => {
          event.preventDefault();
          goTo(address);
        }}
      >
        <Marked text={link} search={search} />
      </a>
    );
  if (/^docket:/i.test(link) || !URL.canParse(link)) return <Marked text={link} search={search} />;
  return (
    <a href={link} target="_blank" rel="noreferrer noopener" className={look}>
      <Marked text={link} search={search} />
    </a>
  );
}

interface Part {
  readonly from: number;
  readonly part: string;
  readonly kind: 'link' | 'mention' | 'text';
}

function partsOf(text: string, names: readonly string[]): readonly Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(patternFor(names))) {
    const isMention = found.startsWith('@');
    const part = isMention ? found : withoutSigns(found);
    if (index > end) parts.push({ from: end, part: text.slice(end, index), kind: 'text' });
    parts.push({ from: index, part, kind: isMention ? 'mention' : 'link' });
    end = index + part.length;
  }
  if (end < text.length) parts.push({ from: end, part: text.slice(end), kind: 'text' });
  return parts;
}

function withoutSigns(link: string): string {
  return link.replace(AFTER, (sign) => (sign === ')' && link.includes('(') ? sign : ''));
}

/** Longer names first: of two that begin alike the whole one is meant. */
function patternFor(names: readonly string[]): RegExp {
  if (names.length === 0) return new RegExp(LINK, 'gi');
  const called = names
    .toSorted((a, b) => b.length - a.length)
    .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join('|');
  return new RegExp(`${LINK}|(?<![\\p{L}\\p{N}])@(?:${called})(?![\\p{L}\\p{N}])`, 'giu');
}
