import { Marked } from '../activity/marked.tsx';
import { goTo } from '../hash-address.ts';
import { addressOfLink } from './docket-link.ts';

const LINK = /(?:https?|docket):\/\/[^\s<>"“”]+/gi;
/** Ends a sentence or closes a bracket rather than being part of an address. */
const AFTER = /[.,;:!?'’»)\]}]+$/;

/** A text as it was written, its web addresses and links to jobs to be followed, searched words marked. (B4, B6) */
export function LinkedText({ text, search }: { text: string; search: string }) {
  const parts = partsOf(text);
  if (parts.length === 1 && parts[0]?.isLink === false)
    return <Marked text={text} search={search} />;
  return parts.map(({ from, part, isLink }) =>
    isLink ? (
      <TextLink key={from} link={part} search={search} />
    ) : (
      <Marked key={from} text={part} search={search} />
    ),
  );
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
  readonly isLink: boolean;
}

function partsOf(text: string): readonly Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(LINK)) {
    const link = found.replace(AFTER, (sign) => (sign === ')' && found.includes('(') ? sign : ''));
    if (index > end) parts.push({ from: end, part: text.slice(end, index), isLink: false });
    parts.push({ from: index, part: link, isLink: true });
    end = index + link.length;
  }
  if (end < text.length || parts.length === 0)
    parts.push({ from: end, part: text.slice(end), isLink: false });
  return parts;
}
