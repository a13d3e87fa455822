import { Clock, Download, FileText } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type {
  CustomerViewPage,
  ViewFile,
  ViewThing,
} from '../../electron/core/api/care-contract.ts';
import { lookOf, OfficeMark } from '../office-look/office-mark.tsx';
import { useOffice } from '../shell/office.tsx';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { HueDot } from '../ui/hue-dot.tsx';
import { clockTime, dayName, fullTime, timeBeside } from '../ui/time-words.ts';
import { useNow } from '../ui/use-now.ts';

const THINGS_AT_ONCE = 100;

/** The portal's page of the job, in the portal's order and words. What it offers to press is shown and cannot be pressed. */
export function PortalPage({ officeName, page }: { officeName: string; page: CustomerViewPage }) {
  const { workspace } = useOffice();
  const [count, setCount] = useState(THINGS_AT_ONCE);
  const { things } = page;
  const shown = things.slice(-count);
  return (
    <div
      // What scrolls must be reachable by keyboard.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className="min-h-0 flex-1 overflow-y-auto bg-bg focus-visible:-outline-offset-2"
    >
      <article
        aria-label="The portal’s page"
        className="mx-auto my-6 w-[min(660px,calc(100%-48px))] text-read leading-read"
      >
        <div className="mb-4">
          <OfficeMark look={lookOf(workspace)} />
        </div>
        <h2 dir="auto" className="text-xl font-semibold tracking-tight break-words">
          {page.title}
        </h2>
        <p className="mt-1.5 mb-4 flex items-center gap-2 text-ink-2">
          <span className="inline-flex items-center gap-1.5 rounded-full border border-line-strong bg-surface px-2.5 text-sm">
            <HueDot hue={page.stage.hue} /> {page.stage.name}
          </span>
          {page.reference !== null && <span className="text-sm text-ink-3">{page.reference}</span>}
        </p>
        <Details fields={page.fields} />
        {things.length > count && (
          <p className="mb-3 text-center">
            <Button small onClick={() => setCount(count + THINGS_AT_ONCE)}>
              Show earlier
            </Button>
          </p>
        )}
        {things.length === 0 ? (
          <p className="rounded-xl border border-line bg-surface px-5 py-8 text-center text-ink-2">
            Messages and files from {officeName} will be here.
          </p>
        ) : (
          <Thread things={shown} />
        )}
        <CanDo officeName={officeName} page={page} />
      </article>
    </div>
  );
}

function Thread({ things }: { things: readonly ViewThing[] }) {
  const now = useNow();
  const firstNews = things.findIndex(({ isNews }) => isNews);
  const isFirstVisit = things.every(({ isNews, isOwn }) => isNews || isOwn);
  return (
    <ol className="overflow-hidden rounded-xl border border-line bg-surface">
      {things.map((thing, index) => {
        const day = dayAbove(things, index, now);
        return (
          <li key={thing.key} className="border-t border-line first:border-t-0">
            {day !== null && (
              <p className="bg-surface-2 px-4 py-1 text-sm font-medium text-ink-3">{day}</p>
            )}
            {index === firstNews && !isFirstVisit && (
              <p className="border-y border-customer-line bg-customer px-4 py-0.5 text-sm font-medium text-customer-ink">
                New since their last visit
              </p>
            )}
            <ThingRow thing={thing} />
          </li>
        );
      })}
    </ol>
  );
}

/** Stands above the first thing of each day; a thing without a time stays with what came before it. */
function dayAbove(things: readonly ViewThing[], index: number, now: Date): string | null {
  const at = things[index]?.at ?? null;
  if (at === null) return null;
  const before = things.slice(0, index).findLast((thing) => thing.at !== null)?.at ?? null;
  const day = dayName(at, now);
  return before !== null && dayName(before, now) === day ? null : day;
}

function ThingRow({ thing }: { thing: ViewThing }) {
  const { what, who, at, isOwn, isWaiting } = thing;
  const time = at !== null && (
    <time dateTime={at} title={fullTime(at)} className="text-sm text-ink-3 tabular-nums">
      {clockTime(at)}
    </time>
  );
  const state = isWaiting && (
    <span className="inline-flex items-center gap-1 text-sm font-medium text-warn">
      <Clock aria-hidden size={13} /> Waiting, not in the portal yet
    </span>
  );
  if (what.kind === 'stage')
    return (
      <div className="flex flex-wrap items-center gap-x-2 px-4 py-2 text-ink-2">
        <HueDot hue={what.hue} />
        <span className="min-w-0 break-words">{what.words}</span>
        {state}
        <span className="ml-auto">{time}</span>
      </div>
    );
  return (
    <div
      className={classNames(
        'px-4 py-3',
        isOwn && 'bg-accent-soft/60',
        isWaiting && 'border-l-3 border-warn bg-warn-soft/50',
      )}
    >
      <p className="flex flex-wrap items-center gap-x-2">
        <b dir="auto" className="min-w-0 font-semibold break-words">
          {who}
        </b>
        {time}
        {state}
      </p>
      {what.kind === 'message' && (
        <p dir="auto" className="mt-0.5 break-words whitespace-pre-wrap">
          {what.text}
        </p>
      )}
      {what.kind === 'message' && what.editedAt !== null && (
        <p className="mt-0.5 text-sm text-ink-3 tabular-nums">
          Edited{' '}
          <time dateTime={what.editedAt} title={fullTime(what.editedAt)}>
            {timeBeside(what.editedAt, at ?? what.editedAt)}
          </time>
        </p>
      )}
      {what.kind === 'answers' && (
        <dl className="mt-1 grid gap-y-0.5">
          {what.answers.map(({ label, value }) => (
            <div key={label} className="flex flex-wrap gap-x-2">
              <dt className="text-ink-3">{label}</dt>
              <dd className="min-w-0 font-medium break-words">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {(what.kind === 'message' || what.kind === 'files') && <Files files={what.files} />}
    </div>
  );
}

function Files({ files }: { files: readonly ViewFile[] }) {
  if (files.length === 0) return null;
  return (
    <ul className="mt-2 grid grid-cols-[minmax(0,1fr)] gap-1.5">
      {files.map(({ attachmentId, name, about }) => (
        <li
          key={attachmentId}
          className="flex items-center gap-2.5 rounded-lg border border-line px-3 py-2"
        >
          <FileText aria-hidden size={18} className="shrink-0 text-ink-3" />
          <span className="min-w-0 flex-1">
            <bdi className="block truncate">{name}</bdi>
            <span className="text-sm text-ink-3">{about}</span>
          </span>
          <Inert>
            <Download aria-hidden size={14} /> Download
          </Inert>
        </li>
      ))}
    </ul>
  );
}

/** Above all else, as in the portal: what the customer is asked to fill in. */
function Details({ fields }: Pick<CustomerViewPage, 'fields'>) {
  if (fields.length === 0) return null;
  return (
    <section className="mb-4 rounded-xl border border-line bg-surface px-4 py-3">
      <h3 className="mb-2 font-semibold">Your details</h3>
      <dl className="grid gap-2">
        {fields.map(({ label, value }) => (
          <div key={label}>
            <dt className="text-sm font-medium text-ink-2">{label}</dt>
            <dd className="rounded-lg border border-line px-2.5 py-1.5 break-words">
              {value === '' ? <span className="text-ink-3">Not filled in</span> : value}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** What the customer could do here. */
function CanDo({ officeName, page }: { officeName: string; page: CustomerViewPage }) {
  const { canReply, canUpload } = page;
  return (
    <div className="mt-4 grid gap-4">
      {!canReply && !canUpload && (
        <p className="text-ink-2">You cannot write here on this job. Please call {officeName}.</p>
      )}
      {canReply && (
        <section>
          <h3 className="mb-1 text-sm font-medium text-ink-2">Write to {officeName}</h3>
          <div className="min-h-20 rounded-xl border border-line-strong bg-surface" />
        </section>
      )}
      {canUpload && (
        <section>
          <h3 className="mb-1 text-sm font-medium text-ink-2">
            {canReply ? 'Photos and files' : `Send photos and files to ${officeName}`}
          </h3>
          <Inert>Choose files</Inert>
        </section>
      )}
      {(canReply || canUpload) && (
        <p>
          <Inert>Send</Inert>
        </p>
      )}
    </div>
  );
}

/** Looks like a button of the portal and is none. */
function Inert({ children }: { children: ReactNode }) {
  return (
    <span className="inline-flex h-8 shrink-0 items-center gap-1.5 rounded-lg border border-line px-3 text-ui font-medium text-ink-3 select-none">
      {children}
    </span>
  );
}
