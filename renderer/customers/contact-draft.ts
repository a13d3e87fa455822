// What is typed about a customer and not saved yet.

import type { CustomerChange, Customer } from '../records.ts';

export interface ContactDraft {
  /** What stood when the person began. */
  readonly from: Customer;
  readonly now: Readonly<Record<'name' | 'emails' | 'phone' | 'notes', string>>;
}

export function contactOf({ name, emails, phone, notes }: Customer): ContactDraft['now'] {
  return { name, emails: emails.join(', '), phone, notes };
}

/** Commas, semicolons and spaces part them; the same address twice is one. */
export function emailsFrom(typed: string): string[] {
  return [...new Set(typed.split(/[\s,;]+/).filter((email) => email !== ''))];
}

export function changesOf({ from, now }: ContactDraft): CustomerChange[] {
  const emails = emailsFrom(now.emails);
  const changes: CustomerChange[] = [
    { field: 'name', from: from.name, to: now.name.trim() },
    { field: 'emails', from: [...from.emails], to: emails },
    { field: 'phone', from: from.phone, to: now.phone.trim() },
    { field: 'notes', from: from.notes, to: now.notes },
  ];
  return changes.filter(({ from: before, to }) => String(before) !== String(to));
}
