import { CircleSlash } from 'lucide-react';
import type { FeedItem, JobPage } from '../../electron/core/api/jobs-contract.ts';
import { fieldWords } from '../jobs/field-words.ts';
import type { EntryOf, FieldValue } from '../records.ts';
import { memberIn, useOffice } from '../shell/office.tsx';
import { Line, Name, who } from './line.tsx';

/** What somebody wanted while something newer stood: kept, so that nobody wonders where it went. (H5) */
export function WishLine({
  item,
  entry,
  page,
}: {
  item: FeedItem;
  entry: EntryOf<'unapplied'>;
  page: JobPage;
}) {
  const { wish } = entry;
  const icon = <CircleSlash size={15} strokeWidth={1.8} />;
  if (wish.kind === 'form')
    return (
      <Line item={item} icon={icon} below={<WishedFields fields={wish.fields} page={page} />}>
        <span>{who(item)} filled in what somebody else had changed; it was not saved</span>
      </Line>
    );
  return (
    <Line item={item} icon={icon}>
      <span>
        {who(item)} wanted to {WISH_WORDS[wish.kind].wanted} <Wanted wish={wish} item={item} />; not
        applied, it stayed {WISH_WORDS[wish.kind].stood} <Stood wish={wish} item={item} />
      </span>
    </Line>
  );
}

type PlainWish = Exclude<EntryOf<'unapplied'>['wish'], { kind: 'form' }>;

const WISH_WORDS = {
  stage: { wanted: 'move the job to', stood: 'in' },
  assignee: { wanted: 'assign the job to', stood: 'with' },
  title: { wanted: 'call the job', stood: '' },
  customer: { wanted: 'give the job to', stood: 'with' },
} as const satisfies Record<PlainWish['kind'], object>;

interface WishProps {
  readonly wish: PlainWish;
  readonly item: FeedItem;
}

function Wanted({ wish, item }: WishProps) {
  const office = useOffice();
  switch (wish.kind) {
    case 'stage':
      return <Name>{wish.wantedName}</Name>;
    case 'assignee':
      return <Name>{memberIn(office, wish.wantedMemberId)?.name ?? 'nobody'}</Name>;
    case 'title':
      return <Name>{wish.wanted}</Name>;
    case 'customer':
      return <Name>{item.customerNames[wish.wantedCustomerId] ?? ''}</Name>;
  }
}

function Stood({ wish, item }: WishProps) {
  const office = useOffice();
  switch (wish.kind) {
    case 'stage':
      return <Name>{wish.standsName}</Name>;
    case 'assignee':
      return <Name>{memberIn(office, wish.standsMemberId)?.name ?? 'nobody'}</Name>;
    case 'title':
      return <Name>{wish.stands}</Name>;
    case 'customer':
      return <Name>{item.customerNames[wish.standsCustomerId] ?? ''}</Name>;
  }
}

function WishedFields({
  fields,
  page,
}: {
  fields: Extract<EntryOf<'unapplied'>['wish'], { kind: 'form' }>['fields'];
  page: JobPage;
}) {
  const words = (fieldId: string, value: FieldValue) =>
    fieldWords(
      page.pipeline.fields.find(({ id }) => id === fieldId),
      value,
    ) || 'empty';
  return (
    <dl className="mt-1 grid max-w-[68ch] gap-y-0.5">
      {fields.map(({ fieldId, label, wanted, stands }) => (
        <div key={fieldId} className="flex flex-wrap items-baseline gap-x-2">
          <dt className="text-ink-3">{label}</dt>
          <dd className="min-w-0 break-words">
            <span className="font-medium text-ink">{words(fieldId, wanted)}</span>
            <span className="text-ink-3">, but {words(fieldId, stands)} stood</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
