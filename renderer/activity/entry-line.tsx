import { ArrowRight, CircleSlash, ClipboardList, Paperclip, UserRoundCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { FeedItem, JobPage } from '../../electron/core/api/jobs-contract.ts';
import type { EntryOf, FieldValue } from '../records.ts';
import { memberIn, stageIn, useOffice } from '../shell/office.tsx';
import { Chip } from '../ui/chip.tsx';
import { undoneWords } from '../files/undone-words.ts';
import { StagePill } from '../ui/stage-pill.tsx';
import { useNow } from '../ui/use-now.ts';
import { fieldWords } from '../jobs/field-words.ts';
import { DeliveryLine } from './delivery-line.tsx';
import { EntryMenu } from './entry-menu.tsx';
import { EntryState } from './entry-state.tsx';
import { EntryTime } from './entry-time.tsx';
import { Marked } from './marked.tsx';

/** Something done on the job, as one line: a stage, a form, an assignee. */
export function EntryLine({
  item,
  page,
  search,
}: {
  item: FeedItem;
  page: JobPage;
  search: string;
}) {
  const { entry } = item;
  switch (entry.kind) {
    case 'status_change':
      return <StageLine item={item} entry={entry} page={page} />;
    case 'assignment':
      return <AssignmentLine item={item} entry={entry} />;
    case 'form_save':
      return <FormLine item={item} entry={entry} page={page} search={search} />;
    case 'unapplied':
      return <UnappliedLine item={item} entry={entry} page={page} />;
    case 'file_change':
      return <FileChangeLine item={item} entry={entry} search={search} />;
    default:
      return null;
  }
}

function Line({
  item,
  icon,
  children,
  below,
  menu,
}: {
  item: FeedItem;
  icon: ReactNode;
  children: ReactNode;
  below?: ReactNode;
  menu?: ReactNode;
}) {
  const { entry } = item;
  const audience = entry.author.kind === 'customer' ? 'from_customer' : entry.audience;
  return (
    <article className="group/entry grid grid-cols-[28px_minmax(0,1fr)] gap-[11px] py-[5px] text-ink-2">
      <span aria-hidden className="grid h-5 place-items-center text-ink-3">
        {icon}
      </span>
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-[7px] gap-y-1">
          {children}
          <Chip audience={audience} />
          <EntryTime item={item} />
          <DeliveryLine item={item} />
          <EntryState item={item} reader={null} />
          {menu}
        </div>
        {below}
      </div>
    </article>
  );
}

const who = ({ mine, authorName }: FeedItem) => (mine ? 'You' : authorName);

function StageLine({
  item,
  entry,
  page,
}: {
  item: FeedItem;
  entry: EntryOf<'status_change'>;
  page: JobPage;
}) {
  const to = (
    <StagePill
      stage={stageIn(page.pipeline, entry.toStageId)}
      name={entry.toName}
      className="text-ink"
    />
  );
  const icon = <ArrowRight size={15} strokeWidth={1.8} />;
  if (entry.fromName === null)
    return (
      <Line item={item} icon={icon}>
        <span>{who(item)} opened the job in</span>
        {to}
      </Line>
    );
  return (
    <Line item={item} icon={icon}>
      <span>{who(item)} moved the job from</span>
      <StagePill stage={stageIn(page.pipeline, entry.fromStageId)} name={entry.fromName} />
      <span>to</span>
      {to}
    </Line>
  );
}

function AssignmentLine({ item, entry }: { item: FeedItem; entry: EntryOf<'assignment'> }) {
  const office = useOffice();
  const to = memberIn(office, entry.toMemberId);
  const name = to === undefined ? 'nobody' : to.id === office.me.id ? 'you' : to.name;
  return (
    <Line item={item} icon={<UserRoundCheck size={15} strokeWidth={1.8} />}>
      <span>
        {who(item)} assigned the job to <b className="font-medium text-ink">{name}</b>
      </span>
    </Line>
  );
}

function FormLine({
  item,
  entry,
  page,
  search,
}: {
  item: FeedItem;
  entry: EntryOf<'form_save'>;
  page: JobPage;
  search: string;
}) {
  const words = (fieldId: string, value: FieldValue) =>
    fieldWords(
      page.pipeline.fields.find(({ id }) => id === fieldId),
      value,
    );
  const below = (
    <dl className="mt-1 grid max-w-[68ch] gap-y-0.5">
      {entry.changes.map((change) => (
        <div key={change.fieldId + change.label} className="flex flex-wrap items-baseline gap-x-2">
          <dt className="text-ink-3">{change.label}</dt>
          <dd className="flex min-w-0 flex-wrap items-baseline gap-x-2 break-words">
            {change.from !== null && change.from !== '' && (
              <>
                <s className="text-ink-3 decoration-ink-3/60">
                  {words(change.fieldId, change.from)}
                </s>
                <ArrowRight role="img" aria-label="now" size={12} className="self-center" />
              </>
            )}
            <span className="font-medium text-ink">
              <Marked text={words(change.fieldId, change.to)} search={search} />
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
  return (
    <Line
      item={item}
      icon={<ClipboardList size={15} strokeWidth={1.8} />}
      below={item.undone === null ? below : <RemovedValues item={item} page={page} />}
      menu={<EntryMenu item={item} page={page} />}
    >
      <span>{who(item)} saved the form</span>
    </Line>
  );
}

function RemovedValues({ item: { undone }, page }: { item: FeedItem; page: JobPage }) {
  const now = useNow();
  if (undone === null) return null;
  return (
    <p className="mt-0.5 text-pretty italic">{undoneWords(undone, page.customer.name, now)}</p>
  );
}

/** What somebody wanted while something newer stood: kept, so that nobody wonders where it went. (H5) */
function UnappliedLine({
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
        {who(item)} wanted to {wish.kind === 'stage' ? 'move the job to' : 'assign the job to'}{' '}
        <Wanted wish={wish} />; not applied, it stayed {wish.kind === 'stage' ? 'in' : 'with'}{' '}
        <Stood wish={wish} />
      </span>
    </Line>
  );
}

type PlainWish = Exclude<EntryOf<'unapplied'>['wish'], { kind: 'form' }>;

function Wanted({ wish }: { wish: PlainWish }) {
  const office = useOffice();
  const name =
    wish.kind === 'stage'
      ? wish.wantedName
      : (memberIn(office, wish.wantedMemberId)?.name ?? 'nobody');
  return <b className="font-medium text-ink">{name}</b>;
}

function Stood({ wish }: { wish: PlainWish }) {
  const office = useOffice();
  const name =
    wish.kind === 'stage'
      ? wish.standsName
      : (memberIn(office, wish.standsMemberId)?.name ?? 'nobody');
  return <b className="font-medium text-ink">{name}</b>;
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

function FileChangeLine({
  item,
  entry,
  search,
}: {
  item: FeedItem;
  entry: EntryOf<'file_change'>;
  search: string;
}) {
  return (
    <Line item={item} icon={<Paperclip size={15} strokeWidth={1.8} />}>
      <span className="min-w-0 break-words">
        {who(item)} {FILE_CHANGE_VERBS[entry.change]}{' '}
        <Link
          href={`/jobs/${entry.jobId}/files?file=${entry.attachmentId}`}
          className="rounded-sm font-medium text-ink hover:underline"
        >
          <bdi>
            <Marked text={entry.name} search={search} />
          </bdi>
        </Link>
        {entry.change === 'made_visible' && ' visible to the customer'}
        {entry.change === 'made_internal' && ' internal'}
        {entry.newName !== undefined && (
          <>
            {' '}
            to{' '}
            <b className="font-medium text-ink">
              <Marked text={entry.newName} search={search} />
            </b>
          </>
        )}
      </span>
    </Line>
  );
}

const FILE_CHANGE_VERBS = {
  made_visible: 'made',
  made_internal: 'made',
  renamed: 'renamed',
  withdrawn: 'withdrew',
  redacted: 'removed for good:',
} as const satisfies Record<EntryOf<'file_change'>['change'], string>;
