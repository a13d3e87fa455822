// Every mutation's effect, by name: the one list both sides run.

import { type MutationName, mutationArgs } from './mutations.ts';
import type { Actor, MutationContext, Mutator, RunningMutator } from './mutator.ts';
import { assignJob } from './mutators/assign-job.ts';
import { attachRenditions } from './mutators/attach-renditions.ts';
import { changeFileAudience } from './mutators/change-file-audience.ts';
import { changeJobCustomer } from './mutators/change-job-customer.ts';
import { changeStage } from './mutators/change-stage.ts';
import { changeScheduledReply } from './mutators/change-scheduled-reply.ts';
import { createCannedReply } from './mutators/create-canned-reply.ts';
import { createCustomer } from './mutators/create-customer.ts';
import { createJob } from './mutators/create-job.ts';
import { createPipeline } from './mutators/create-pipeline.ts';
import { createPortalLink } from './mutators/create-portal-link.ts';
import { customerEnter } from './mutators/customer-enter.ts';
import { customerNotifications } from './mutators/customer-notifications.ts';
import { customerReply } from './mutators/customer-reply.ts';
import { customerSaveForm } from './mutators/customer-save-form.ts';
import { customerUpload } from './mutators/customer-upload.ts';
import { customerVisit } from './mutators/customer-visit.ts';
import { deleteCannedReply } from './mutators/delete-canned-reply.ts';
import { deleteCustomer } from './mutators/delete-customer.ts';
import { editEntry } from './mutators/edit-entry.ts';
import { mailPortalLink } from './mutators/mail-portal-link.ts';
import { endScheduledReply } from './mutators/end-scheduled-reply.ts';
import { markRead } from './mutators/mark-read.ts';
import { moveCannedReply } from './mutators/move-canned-reply.ts';
import { moveJob } from './mutators/move-job.ts';
import { orderPipelines } from './mutators/order-pipelines.ts';
import { postEntry } from './mutators/post-entry.ts';
import { redactEntry } from './mutators/redact-entry.ts';
import { redactFile } from './mutators/redact-file.ts';
import { removePipeline } from './mutators/remove-pipeline.ts';
import { renameFile } from './mutators/rename-file.ts';
import { renameJob } from './mutators/rename-job.ts';
import { revokePortalLinks } from './mutators/revoke-portal-links.ts';
import { saveForm } from './mutators/save-form.ts';
import { scheduleReply } from './mutators/schedule-reply.ts';
import { setBellScope } from './mutators/set-bell-scope.ts';
import { setFollow } from './mutators/set-follow.ts';
import { updateCannedReply } from './mutators/update-canned-reply.ts';
import { updateCustomer } from './mutators/update-customer.ts';
import { updatePipeline } from './mutators/update-pipeline.ts';
import { updateWorkspace } from './mutators/update-workspace.ts';
import { withdrawEntry } from './mutators/withdraw-entry.ts';
import { withdrawFile } from './mutators/withdraw-file.ts';
import { refused } from './outcome.ts';

type MutatorTable = { readonly [N in MutationName]: Mutator<ArgsOf<N>> };
type ArgsOf<N extends MutationName> = (typeof mutationArgs)[N]['_zod']['output'];

const mutators: MutatorTable = {
  assign_job: assignJob,
  attach_renditions: attachRenditions,
  change_file_audience: changeFileAudience,
  change_job_customer: changeJobCustomer,
  change_scheduled_reply: changeScheduledReply,
  change_stage: changeStage,
  create_canned_reply: createCannedReply,
  create_customer: createCustomer,
  create_job: createJob,
  create_pipeline: createPipeline,
  create_portal_link: createPortalLink,
  customer_enter: customerEnter,
  customer_notifications: customerNotifications,
  customer_reply: customerReply,
  customer_save_form: customerSaveForm,
  customer_upload: customerUpload,
  customer_visit: customerVisit,
  delete_canned_reply: deleteCannedReply,
  delete_customer: deleteCustomer,
  edit_entry: editEntry,
  end_scheduled_reply: endScheduledReply,
  mail_portal_link: mailPortalLink,
  mark_read: markRead,
  move_canned_reply: moveCannedReply,
  move_job: moveJob,
  order_pipelines: orderPipelines,
  post_entry: postEntry,
  redact_entry: redactEntry,
  redact_file: redactFile,
  remove_pipeline: removePipeline,
  rename_file: renameFile,
  rename_job: renameJob,
  revoke_portal_links: revokePortalLinks,
  save_form: saveForm,
  schedule_reply: scheduleReply,
  set_bell_scope: setBellScope,
  set_follow: setFollow,
  update_canned_reply: updateCannedReply,
  update_customer: updateCustomer,
  update_pipeline: updatePipeline,
  update_workspace: updateWorkspace,
  withdraw_entry: withdrawEntry,
  withdraw_file: withdrawFile,
};

/** A mutation as far as applying it needs: where it came from does not matter here. */
export interface NamedMutation {
  readonly name: string;
  readonly args: unknown;
}

/**
 * Starts a mutation: parses its arguments and runs its mutator. A name or arguments that are not understood end in a
 * refusal, never in an exception, so that one bad mutation spoils no other. [P2]
 */
export function* startMutation(
  { name, args }: NamedMutation,
  context: MutationContext,
): RunningMutator {
  if (!isMutation(name))
    return refused(
      'not-understood',
      'The server does not know this kind of change. Update Docket, then try again.',
    );
  if (isCustomerMutation(name) !== (context.actor.kind === 'customer'))
    return refused('not-allowed', 'You may not do this.');
  const parsed = mutationArgs[name].safeParse(args);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where =
      issue === undefined ? '' : ` (${issue.path.join('.') || 'arguments'} ${issue.message})`;
    return refused('not-understood', `This change was not understood${where.slice(0, 300)}.`);
  }
  const mutator = mutators[name] as Mutator<typeof parsed.data>;
  return yield* mutator(parsed.data, context);
}

function isMutation(name: string): name is MutationName {
  return Object.hasOwn(mutationArgs, name);
}

function isCustomerMutation(name: MutationName): boolean {
  const owner: Actor['kind'] = name.startsWith('customer_') ? 'customer' : 'member';
  return owner === 'customer';
}
