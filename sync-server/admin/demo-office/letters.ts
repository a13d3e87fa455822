// Manners: how the office writes to a customer, and how customers write back.

import { between, happens, pick, type Random } from './chance.ts';

export interface Correspondents {
  /** First name and full name of the member. */
  readonly member: { readonly first: string; readonly full: string };
  readonly customer: { readonly calls: string; readonly signs: string; readonly typos: number };
  /** Hour of the day in the office. */
  readonly hour: number;
}

/** A reply of the office: greeting, the text, a name. */
export function fromOffice(body: string, people: Correspondents, random: Random): string {
  const { member, customer } = people;
  const greeting = pick(random, [
    `Hello ${customer.calls},`,
    `Hello ${customer.calls},`,
    `Dear ${customer.calls},`,
    `${partOfDay(people.hour)} ${customer.calls},`,
  ]);
  const ending = pick(random, [
    '',
    `\n\nKind regards\n${member.full}`,
    `\n\nKind regards\n${member.first}`,
    `\n\nBest wishes\n${member.first}, Nordhafen Repairs`,
    `\n\n${member.first}`,
  ]);
  return happens(random, 0.45)
    ? `${greeting} ${body}${ending}`
    : `${greeting}\n\n${upperFirst(body)}${ending}`;
}

/** A message of a customer: with or without a greeting, with or without a name, and with a slip now and then. */
export function fromCustomer(body: string, people: Correspondents, random: Random): string {
  const { member, customer } = people;
  const isCareful = customer.typos < 0.1;
  const greeting = pick(random, [
    '',
    '',
    '',
    `Hello ${member.first}, `,
    `Hi ${member.first}, `,
    `${partOfDay(people.hour)}, `,
    'Hi, ',
    `Hello ${member.first},\n\n`,
  ]);
  const ending = pick(random, [
    '',
    '',
    '',
    `\n\n${customer.signs}`,
    `\n\nBest regards\n${customer.signs}`,
    `\n\nGreetings, ${customer.signs}`,
  ]);
  const opensSentence = greeting === '' || greeting.endsWith('\n');
  const spelled = isCareful ? carefully(body) : body;
  const written = opensSentence && isCareful ? upperFirst(spelled) : spelled;
  const continued = opensSentence ? written : lowerFirst(written);
  const slipped = happens(random, customer.typos) ? withSlip(continued, random) : continued;
  return `${greeting}${slipped}${ending}`;
}

/** One slip of the finger in one longer word. Names and numbers stay right. */
export function withSlip(text: string, random: Random): string {
  const words = [...text.matchAll(/(?<![\p{L}\d])[a-z]{5,}(?![\p{L}\d])/gu)];
  if (words.length === 0) return text;
  const { 0: word, index } = pick(random, words);
  const at = between(random, 1, word.length - 3);
  const slipped = happens(random, 0.5)
    ? `${word.slice(0, at)}${word.charAt(at + 1)}${word.charAt(at)}${word.slice(at + 2)}`
    : `${word.slice(0, at)}${word.slice(at + 1)}`;
  return `${text.slice(0, index)}${slipped}${text.slice(index + word.length)}`;
}

/** The slips the templates have are not everybody's. */
const carefully = (text: string): string =>
  CORRECTIONS.reduce((corrected, [slip, right]) => corrected.replace(slip, right), text);

const CORRECTIONS: readonly (readonly [RegExp, string])[] = [
  [/\btomorow\b/g, 'tomorrow'],
  [/\ballready\b/g, 'already'],
  [/\bposible\b/g, 'possible'],
  [/\bhappend\b/g, 'happened'],
  [/\b([Cc])ant\b/g, '$1annot'],
  [/\bi\b/g, 'I'],
  [/!!+/g, '.'],
  [/\?\?+/g, '?'],
  [/ (?::\)|;\)|:D)/g, '.'],
  [/\bok\b/g, 'all right'],
];

/** A sentence goes on after "Hello Mara,"; `I` stays as it is. */
const lowerFirst = (text: string): string =>
  /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;

export const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function partOfDay(hour: number): string {
  if (hour < 11) return 'Good morning';
  return hour < 17 ? 'Good afternoon' : 'Good evening';
}
