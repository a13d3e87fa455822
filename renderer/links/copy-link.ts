import { toast } from 'sonner';
import { copyText } from '../ui/copy-text.ts';
import { jobLink } from './docket-link.ts';

/** Where the browser does not let us, the link is shown to be copied by hand. */
export async function copyLink(jobId: string, entryId?: string): Promise<void> {
  const link = jobLink(jobId, entryId);
  if (await copyText(link)) toast('Link copied');
  else toast(link, { duration: 20_000 });
}
