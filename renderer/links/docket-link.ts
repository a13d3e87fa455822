// Links to what is in Docket, for colleagues: "docket://jobs/ID" and "docket://jobs/ID?entry=ID". Whoever opens one sees what
// their own device shows them; a link itself gives nobody anything. (B6)

const ID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const LINK = new RegExp(`^docket://(jobs|customers)/(${ID})/?(?:\\?entry=(${ID}))?$`, 'i');

export function jobLink(jobId: string, entryId?: string): string {
  return `docket://jobs/${jobId}${entryId === undefined ? '' : `?entry=${entryId}`}`;
}

/** The address in this window; undefined for whatever is no link of ours. */
export function addressOfLink(link: string): string | undefined {
  const [, kind, id, entryId] = LINK.exec(link.trim()) ?? [];
  if (kind === undefined || id === undefined) return undefined;
  const address = `/${kind}/${id}`.toLowerCase();
  return entryId === undefined ? address : `${address}?entry=${entryId.toLowerCase()}`;
}
