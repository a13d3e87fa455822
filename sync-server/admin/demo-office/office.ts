// Nordhafen Repairs, a made-up body shop in a harbour town, and the four who work there.

import { type Member, member, type Workspace, workspace } from '../../protocol/records.ts';
import type { Role } from '../../protocol/values.ts';

export type MemberKey = 'mara' | 'jonas' | 'henrik' | 'selin';

/** Fixed, so that whoever starts the program finds the office and its demo customer again. */
export const DEMO_WORKSPACE_ID = '0197f3a0-0000-7000-8000-00000000d0c7';
export const DEMO_CUSTOMER_ID = '0197f3a0-0000-7000-8000-0000000a99a0';

/** Whom a visitor can sign in as; printed by `npm start`. The addresses lead nowhere: `.example` is reserved. */
export const DEMO_SIGN_INS = [
  { key: 'mara', name: 'Mara Kühn', email: 'mara@nordhafen.example', password: 'harbour-light-7' },
  {
    key: 'jonas',
    name: 'Jonas Ostrowski',
    email: 'jonas@nordhafen.example',
    password: 'quiet-crane-42',
  },
] as const;

export const nordhafen: Workspace = workspace.parse({
  id: DEMO_WORKSPACE_ID,
  name: 'Nordhafen Repairs',
});

export const colleagues: Readonly<Record<MemberKey, Member>> = {
  mara: aMember(1, 'Mara Kühn', 'mara', 'admin'),
  jonas: aMember(2, 'Jonas Ostrowski', 'jonas', 'member'),
  henrik: aMember(3, 'Henrik Sørby', 'henrik', 'member'),
  selin: aMember(4, 'Selin Aydın', 'selin', 'member'),
};

/** Ids of the office's own furniture are counted; those of what happens in it are drawn. */
export function furnitureId(group: number, number: number): string {
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
  return `0197f3a0-${hex(group, 4)}-7000-8000-${hex(number, 12)}`;
}

function aMember(number: number, name: string, mailbox: string, role: Role): Member {
  return member.parse({
    id: furnitureId(1, number),
    name,
    email: `${mailbox}@nordhafen.example`,
    role,
  });
}
