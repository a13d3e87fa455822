import { Dialog } from '../ui/dialog.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { useQuery } from '../use-query.ts';

/** Every key of Docket, in the words of what it does. (G3) */
const GROUPS = [
  {
    title: 'Anywhere',
    keys: [
      { keys: ['Ctrl K'], does: 'Find jobs and do things' },
      { keys: ['?'], does: 'Show the keys' },
      { keys: ['N'], does: 'New job' },
      { keys: ['B'], does: 'Open the bell' },
      { keys: ['G', 'M'], does: 'My jobs' },
      { keys: ['G', 'U'], does: 'Unread' },
      { keys: ['G', 'A'], does: 'All jobs' },
      { keys: ['G', 'W'], does: 'Waiting to send' },
      { keys: ['G', 'S'], does: 'Search everything' },
      { keys: ['G', 'C'], does: 'Customers' },
      { keys: ['G', 'P'], does: 'Edit the pipelines' },
      { keys: ['G', 'R'], does: 'Canned replies' },
      { keys: ['G', 'I'], does: 'Inbox' },
      { keys: ['G', 'O'], does: 'Members of the office' },
      { keys: ['G', ','], does: 'Settings' },
    ],
  },
  {
    title: 'Customers',
    keys: [
      { keys: ['N'], does: 'New customer' },
      { keys: ['J', '↓'], does: 'Next customer' },
      { keys: ['K', '↑'], does: 'Previous customer' },
      { keys: ['/'], does: 'Search in customers' },
    ],
  },
  {
    title: 'Canned replies',
    keys: [
      { keys: ['N'], does: 'New canned reply' },
      { keys: ['J', '↓'], does: 'Next canned reply' },
      { keys: ['K', '↑'], does: 'Previous canned reply' },
      { keys: ['/'], does: 'Search in canned replies' },
      { keys: ['Ctrl S'], does: 'Save' },
    ],
  },
  {
    title: 'Search',
    keys: [
      { keys: ['/', 'F'], does: 'Type other words' },
      { keys: ['J', '↓'], does: 'Next hit' },
      { keys: ['K', '↑'], does: 'Previous hit' },
      { keys: ['Enter'], does: 'Open it' },
    ],
  },
  {
    title: 'Job list',
    keys: [
      { keys: ['J', '↓'], does: 'Next job' },
      { keys: ['K', '↑'], does: 'Previous job' },
      { keys: ['Enter'], does: 'Open it' },
      { keys: ['/'], does: 'Search in the list' },
    ],
  },
  {
    title: 'Job',
    keys: [
      { keys: ['I'], does: 'Write an internal note' },
      { keys: ['R'], does: 'Write a customer reply' },
      { keys: ['C'], does: 'Insert a canned reply' },
      { keys: ['S'], does: 'Change the stage' },
      { keys: ['T'], does: 'Correct title, customer or pipeline' },
      { keys: ['E'], does: 'View as the customer' },
      { keys: ['E'], does: 'On an own entry: edit it' },
      { keys: ['L'], does: 'Follow or mute' },
      { keys: ['Y'], does: 'Copy a link to it' },
      { keys: ['X'], does: 'Export it' },
      { keys: ['F'], does: 'Search in this job' },
      { keys: ['End'], does: 'Newest entry' },
      { keys: ['1'], does: 'Activity' },
      { keys: ['2'], does: 'Files' },
      { keys: ['3'], does: 'Form' },
      { keys: ['Esc'], does: 'Back to the list' },
    ],
  },
  {
    title: 'Files of a job',
    keys: [
      { keys: ['Space'], does: 'Preview, and back' },
      { keys: ['←', '→'], does: 'Previous and next file' },
      { keys: ['Shift ↓'], does: 'Select on' },
      { keys: ['Ctrl A'], does: 'Select all files' },
      { keys: ['Enter'], does: 'Open' },
      { keys: ['F2'], does: 'Rename' },
      { keys: ['Del'], does: 'Withdraw' },
      { keys: ['V'], does: 'Tiles or list' },
      { keys: ['Menu'], does: 'Everything else' },
    ],
  },
  {
    title: 'Inbox',
    keys: [
      { keys: ['Space'], does: 'Mark a file' },
      { keys: ['Ctrl A'], does: 'Mark all files' },
      { keys: ['Enter'], does: 'Add to a job' },
      { keys: ['Del'], does: 'Dismiss' },
    ],
  },
  {
    title: 'While writing',
    keys: [
      { keys: ['Ctrl Enter'], does: 'Add the note, or send the reply' },
      { keys: ['Ctrl Shift Enter'], does: 'Send the reply later' },
      { keys: ['Ctrl Z'], does: 'With nothing written: undo the last reply' },
      { keys: ['↑'], does: 'With nothing written: edit your last entry' },
      { keys: ['Alt 1'], does: 'Internal note' },
      { keys: ['Alt 2'], does: 'Customer reply' },
      { keys: ['Ctrl Shift A'], does: 'Switch between the two' },
      { keys: ['/'], does: 'Insert a canned reply' },
      { keys: ['Ctrl U'], does: 'Attach files' },
    ],
  },
] as const;

/** Of the native menus; in a browser these are the browser's own. */
const DESKTOP_GROUP = {
  title: 'Menus and windows',
  keys: [
    { keys: ['Ctrl N'], does: 'New job' },
    { keys: ['Ctrl Shift N'], does: 'New window' },
    { keys: ['Ctrl Click'], does: 'Open a job in a new window' },
    { keys: ['Ctrl ,'], does: 'Settings' },
    { keys: ['Ctrl 1', 'Ctrl 6'], does: 'My jobs to customers' },
    { keys: ['Ctrl Shift F'], does: 'Search everything' },
  ],
} as const;

export function KeyboardSheet({ onClose }: { onClose: () => void }) {
  const { value: desktop } = useQuery('desktop', {});
  const groups = desktop == null ? GROUPS : [...GROUPS, DESKTOP_GROUP];
  return (
    <Dialog title="Keys" onClose={onClose} wide>
      <div
        // What scrolls must be reachable by keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="columns-2 gap-x-8 overflow-y-auto px-5 pt-1 pb-1 focus-visible:-outline-offset-2"
      >
        {groups.map((group) => (
          <section key={group.title} className="mb-5 break-inside-avoid">
            <h3 className="mb-1 text-sm font-semibold text-ink-3">{group.title}</h3>
            <dl>
              {group.keys.map(({ keys, does }) => (
                <div key={does} className="flex items-center border-t border-line py-1.5">
                  <dt className="flex-1">{does}</dt>
                  <dd className="flex items-center gap-1">
                    {keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
