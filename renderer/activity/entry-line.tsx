import { ArrowRight, ClipboardList, Paperclip, PencilLine, UserRoundCheck } from 'lucide-react';
import { Link } from 'wouter';
import type { FeedItem, JobPage } from '../../electron/core/api/jobs-contract.ts';
import type { EntryOf, FieldValue } from '../records.ts';
import { memberIn, stageIn, useOffice } from '../shell/office.tsx';
import { undoneWords } from '../files/undone-words.ts';
import { StagePill } from '../ui/stage-pill.tsx';
import { useNow } from '../ui/use-now.ts';
import { fieldWords } from '../jobs/field-words.ts';
import { EntryMenu } from './entry-menu.tsx';
import { Line, Name, who } from './line.tsx';
import { Marked } from './marked.tsx';
import { WishLine } from './wish-line.tsx';

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
      return <WishLine item={item} entry={entry} page={page} />;
    case 'job_change':
      return <JobChangeLine item={item} entry={entry} page={page} />;
    case 'file_change':
      return <FileChangeLine item={item} entry={entry} search={search} />;
    default:
      return null;
  }
}

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
  const { pipelines } = entry;
  return (
    <Line item={item} icon={icon}>
      <span>
        {who(item)} moved the job from{' '}
        {pipelines !== undefined && <Name>{pipelines.fromName}</Name>}
      </span>
      <StagePill stage={stageIn(page.pipeline, entry.fromStageId)} name={entry.fromName} />
      <span>to {pipelines !== undefined && <Name>{pipelines.toName}</Name>}</span>
      {to}
    </Line>
  );
}

/** A title or a customer that was wrong. (A1) */
function JobChangeLine({
  item,
  entry,
  page,
}: {
  item: FeedItem;
  entry: EntryOf<'job_change'>;
  page: JobPage;
}) {
  const { change } = entry;
  const icon = <PencilLine size={15} strokeWidth={1.8} />;
  if (change.kind === 'customer')
    return (
      <Line item={item} icon={icon}>
        <span>
          {who(item)} changed the customer from{' '}
          <Name>{item.customerNames[change.fromCustomerId] ?? ''}</Name> to{' '}
          <Name>{item.customerNames[change.toCustomerId] ?? ''}</Name>
        </span>
      </Line>
    );
  const menu = <EntryMenu item={item} page={page} />;
  if (item.undone !== null)
    return (
      <Line item={item} icon={icon} menu={menu} below={<RemovedValues item={item} page={page} />}>
        <span>{who(item)} changed the title</span>
      </Line>
    );
  return (
    <Line item={item} icon={icon} menu={menu}>
      <span className="min-w-0 break-words">
        {who(item)} changed the title from <Name>{change.from}</Name> to <Name>{change.to}</Name>
      </span>
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
