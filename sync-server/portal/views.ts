// The parts of pages that look the same until something in the office changes: kept as long, since most visits find nothing new.

import type { CustomerJob } from '../protocol/customer-job.ts';
import { frameFor, type Portal } from './answers.ts';
import { jobForCustomer, jobsForCustomer } from './customer-reads.ts';
import { jobPage, type Story } from './job-page.ts';
import { HOLE, type KeptPage, keptPage } from './kept-mark.ts';
import type { Calendar } from './moment.ts';
import { jobListPage } from './pages.ts';
import { storyOf } from './thread.ts';
import type { Stand } from './view-cache.ts';
import type { Visitor } from './visitor.ts';

export function calendarOf({ clockFace, now }: Portal): Calendar {
  return { clockFace, nowMs: now() };
}

/** The whole page: nothing on it differs from one visit of a session to the next. */
export function listView(portal: Portal, visitor: Visitor): string | Promise<string> {
  const make = async () => {
    const jobs = await jobsForCustomer(portal.storage, visitor);
    const view = { office: visitor.brand.office, calendar: calendarOf(portal), jobs };
    return jobListPage(frameFor(portal, visitor), view);
  };
  const weigh = (list: string) => list.length;
  return portal.views.get(`list ${visitor.session.id}`, standOf(portal, visitor), make, weigh);
}

export interface JobStory {
  readonly job: CustomerJob;
  readonly story: Story;
}

/** Undefined for a job that is nowhere for this customer; that is never kept, and so always the same work. [V2] */
export function jobView(
  portal: Portal,
  visitor: Visitor,
  jobId: string,
  pagesBack: number,
): JobStory | undefined | Promise<JobStory | undefined> {
  const make = async () => {
    const job = await jobForCustomer(portal.storage, visitor, jobId);
    if (job === undefined) return undefined;
    const view = { office: visitor.brand.office, calendar: calendarOf(portal), job };
    return { job, story: storyOf(view, pagesBack) };
  };
  // The job's things take about as much again as the page made of them.
  const weigh = ({ job, story }: JobStory) => 3 * story.thread.length + 300 * job.things.length;
  // Ids of customers are made on devices: two offices may have the same. [V2]
  const place = `job ${visitor.workspaceId} ${visitor.customerId} ${jobId} ${pagesBack}`;
  return portal.views.get(place, standOf(portal, visitor), make, weigh);
}

export interface QuietJobPage {
  readonly job: CustomerJob;
  /** All but the token that is fresh on every page. */
  readonly page: KeptPage;
}

/** The job's page for who comes to it and has sent nothing; undefined as above. */
export function quietJobPage(
  portal: Portal,
  visitor: Visitor,
  jobId: string,
  pagesBack: number,
): QuietJobPage | undefined | Promise<QuietJobPage | undefined> {
  const make = async () => {
    const found = await jobView(portal, visitor, jobId, pagesBack);
    if (found === undefined) return undefined;
    const { job, story } = found;
    const view = {
      office: visitor.brand.office,
      job,
      story,
      message: { sendToken: HOLE, state: { kind: 'empty' as const } },
      details: { sendToken: HOLE, state: { kind: 'as-it-stands' as const } },
    };
    const source = jobPage(frameFor(portal, visitor), visitor, view);
    return { job, page: keptPage(source, story.thread) };
  };
  const weigh = ({ page }: QuietJobPage) => page.bytes.length;
  const place = `page ${visitor.session.id} ${jobId} ${pagesBack}`;
  return portal.views.get(place, standOf(portal, visitor), make, weigh);
}

function standOf(portal: Portal, { stand }: Visitor): Stand {
  return { changes: stand, day: portal.clockFace.dayAt(portal.now()) };
}
