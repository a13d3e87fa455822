// Who brings cars: twenty-five customers with a manner of writing each, and the insurers behind some of them. All made up;
// telephone numbers are from the ranges kept free for films.

import { type Customer, customer } from '../../protocol/records.ts';
import { DEMO_CUSTOMER_ID, furnitureId } from './office.ts';

export interface DemoCustomer {
  readonly record: Customer;
  readonly isCompany: boolean;
  /** How the office talks about and to this customer: "Anna", "Ms Petersen". */
  readonly calls: string;
  /** How the customer signs. */
  readonly signs: string;
  /** How likely a message has a slip in it, 0 to 1. */
  readonly typos: number;
}

interface Sketch {
  readonly name: string;
  readonly calls: string;
  readonly signs?: string;
  readonly company?: true;
  readonly emails: readonly string[];
  readonly phone: string;
  readonly notes?: string;
  readonly typos?: number;
  readonly silent?: true;
}

const customerSketches = {
  anna: {
    name: 'Anna Berg',
    calls: 'Anna',
    emails: ['anna.berg@post.example'],
    phone: '+49 171 39200 14',
    notes: 'Teaches at the harbour school, free after 14:00. Prefers messages to calls.',
    typos: 0.1,
  },
  petersen: {
    name: 'Petersen Hafenlogistik GmbH & Co. KG',
    calls: 'Ms Petersen',
    signs: 'B. Petersen',
    company: true,
    emails: ['fuhrpark@petersen-hafen.example', 'buchhaltung@petersen-hafen.example'],
    phone: '+49 40 66969 110',
    notes: 'Order number on every invoice, or it comes back. Collective invoice on the 25th.',
  },
  coast: {
    name: 'Norddeutsche Gesellschaft für Küstenschutz, Deichunterhaltung und Gewässervermessung mit beschränkter Haftung, Niederlassung Nordhafen',
    calls: 'Mr Harms',
    signs: 'Harms, vehicle office',
    company: true,
    emails: ['kfz@kuestenschutz-nord.example'],
    phone: '+49 40 66969 233',
    notes: 'Name must be written in full on invoices. Yes, in full.',
  },
  kaiwagen: {
    name: 'Kaiwagen Autovermietung',
    calls: 'Mr Reinders',
    company: true,
    emails: ['schaden@kaiwagen.example'],
    phone: '+49 40 66969 301',
    notes: 'Repairs up to €900 without asking.',
  },
  foerdemobil: {
    name: 'Fördemobil Carsharing eG',
    calls: 'Ms Lund',
    company: true,
    emails: ['flotte@foerdemobil.example'],
    phone: '+49 40 66969 342',
    notes: 'Keys by code, see the sheet in the key safe.',
  },
  inselfaehre: {
    name: 'Inselfähre Mietwagen',
    calls: 'Mr Ocke',
    company: true,
    emails: ['ocke@inselfaehre.example'],
    phone: '+49 40 66969 377',
  },
  haddad: {
    name: 'ليلى الحداد',
    calls: 'Ms Haddad',
    signs: 'ليلى',
    emails: ['l.haddad@post.example'],
    phone: '+49 171 39200 31',
    notes:
      'Layla al-Haddad. Writes Arabic or English, both fine; Samir at the tyre place translates.',
  },
  yildiz: {
    name: 'Emre Yıldız',
    calls: 'Emre',
    emails: ['emre.yildiz@post.example'],
    phone: '+49 171 39200 45',
    typos: 0.35,
  },
  wisniewska: {
    name: 'Katarzyna Wiśniewska',
    calls: 'Ms Wiśniewska',
    signs: 'K. Wiśniewska',
    emails: ['k.wisniewska@poczta.example'],
    phone: '+48 58 555 0142',
  },
  zielinski: {
    name: 'Tomasz Zieliński',
    calls: 'Tomasz',
    emails: ['tomasz.zielinski@poczta.example'],
    phone: '+49 171 39200 52',
    typos: 0.3,
  },
  figueiredo: {
    name: 'Beatriz Figueiredo',
    calls: 'Beatriz',
    emails: ['beatriz.figueiredo@correio.example'],
    phone: '+49 171 39200 58',
    typos: 0.15,
  },
  tavares: {
    name: 'João Tavares',
    calls: 'João',
    emails: ['joao.tavares@correio.example'],
    phone: '+49 171 39200 63',
    typos: 0.2,
  },
  akesson: {
    name: 'Lars-Erik Åkesson',
    calls: 'Lars-Erik',
    emails: ['lars-erik@brev.example'],
    phone: '+46 31 390 06 12',
    notes: 'Comes over with the ferry, so only Tuesdays and Fridays.',
  },
  solheim: {
    name: 'Ingrid Solheim',
    calls: 'Ms Solheim',
    signs: 'Ingrid S.',
    emails: ['ingrid.solheim@brev.example'],
    phone: '+49 171 39200 70',
  },
  thygesen: {
    name: 'Mette Thygesen',
    calls: 'Mette',
    emails: ['mette@thygesen.example'],
    phone: '+45 70 10 01 55',
    typos: 0.1,
  },
  virtanen: {
    name: 'Aino Virtanen',
    calls: 'Aino',
    emails: ['aino.virtanen@posti.example'],
    phone: '+49 171 39200 74',
  },
  karaca: {
    name: 'Mehmet Karaca',
    calls: 'Mr Karaca',
    signs: 'M. Karaca',
    emails: ['m.karaca@post.example'],
    phone: '+49 171 39200 79',
    typos: 0.25,
  },
  arslan: {
    name: 'Zeynep Arslan',
    calls: 'Zeynep',
    emails: ['zeynep.arslan@post.example'],
    phone: '+49 171 39200 81',
  },
  ozturk: {
    name: 'Öztürk Garten- und Landschaftsbau',
    calls: 'Elif',
    signs: 'Elif',
    company: true,
    emails: ['buero@oeztuerk-garten.example'],
    phone: '+49 40 66969 415',
    typos: 0.2,
  },
  brandt: {
    name: 'Klaus-Dieter Brandt',
    calls: 'Mr Brandt',
    signs: 'Brandt',
    emails: ['kd.brandt@post.example'],
    phone: '+49 40 66969 508',
    notes: 'Retired harbour pilot. Reads every line of an invoice.',
  },
  osten: {
    name: 'Friederike von der Osten',
    calls: 'Ms von der Osten',
    signs: 'F. v. d. Osten',
    emails: ['osten@gutosten.example'],
    phone: '+49 40 66969 512',
  },
  stadtwerke: {
    name: 'Stadtwerke Nordhafen AöR',
    calls: 'Mr Clasen',
    signs: 'Clasen, fleet',
    company: true,
    emails: ['fuhrpark@stadtwerke-nordhafen.example'],
    phone: '+49 40 66969 600',
  },
  leuchtturm: {
    name: 'Pflegedienst Leuchtturm',
    calls: 'Ms Jacobsen',
    signs: 'Wiebke Jacobsen',
    company: true,
    emails: ['leitung@pflege-leuchtturm.example'],
    phone: '+49 40 66969 644',
    notes: 'Needs every car by 6:00, so collection the evening before.',
    typos: 0.1,
  },
  nowak: {
    name: 'Taxi Nowak',
    calls: 'Mr Nowak',
    signs: 'Nowak',
    company: true,
    emails: ['zentrale@taxi-nowak.example'],
    phone: '+49 40 66969 700',
    typos: 0.4,
  },
  matthiesen: {
    name: 'Bruno Matthiesen',
    calls: 'Bruno',
    emails: [],
    phone: '+49 40 66969 731',
    notes: 'No email. Son prints the portal for him.',
    typos: 0.3,
    silent: true,
  },
} as const satisfies Readonly<Record<string, Sketch>>;

export const customers: ReadonlyMap<string, DemoCustomer> = new Map(
  Object.entries(customerSketches).map(([key, sketch]: [string, Sketch], index) => [
    key,
    {
      record: customer.parse({
        id: key === 'anna' ? DEMO_CUSTOMER_ID : furnitureId(4, index + 1),
        name: sketch.name,
        emails: sketch.emails,
        phone: sketch.phone,
        notes: sketch.notes ?? '',
        notifyOnReplies: sketch.silent !== true,
      }),
      isCompany: sketch.company === true,
      calls: sketch.calls,
      signs: sketch.signs ?? sketch.name.split(' ')[0] ?? sketch.name,
      typos: sketch.typos ?? 0,
    },
  ]),
);

export interface Insurer {
  readonly name: string;
  /** Who has our files on the desk there. */
  readonly adjuster: string;
  readonly claimPrefix: string;
}

export const insurers = {
  leuchtfeuer: { name: 'Leuchtfeuer Versicherung', adjuster: 'Mr Wenzel', claimPrefix: 'LF' },
  alster: { name: 'Alsterkasko', adjuster: 'Ms Timm', claimPrefix: 'AK-S' },
  nordlicht: { name: 'Nordlicht Direkt', adjuster: 'Mr Baumgart', claimPrefix: 'ND' },
  provinz: { name: 'Provinz & See', adjuster: 'Ms Rathje', claimPrefix: 'PS' },
} as const satisfies Readonly<Record<string, Insurer>>;

export type InsurerKey = keyof typeof insurers;
