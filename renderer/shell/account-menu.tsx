import {
  ChevronDown,
  Keyboard,
  LogOut,
  MessageSquareQuote,
  Monitor,
  Moon,
  Paintbrush,
  Settings,
  Sun,
  Users,
} from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { Avatar } from '../ui/avatar.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { Menu, MenuChoice, MenuChoices, MenuHeading, MenuItem, MenuLine } from '../ui/menu.tsx';
import { countOf } from '../ui/size-words.ts';
import { chooseTheme, type ThemeChoice, themeChoice } from '../ui/theme.ts';
import { useQuery } from '../use-query.ts';
import { useRequest } from '../use-request.ts';
import type { DeskWindow } from './desk-window.ts';
import { useOffice } from './office.tsx';

/** The office's name; behind it who I am, the theme, and the way out. */
export function AccountMenu({
  serverUrl,
  onOpen,
}: {
  serverUrl: string;
  onOpen: (window: DeskWindow) => void;
}) {
  const { workspace, me } = useOffice();
  const [, goTo] = useLocation();
  const { value: sync } = useQuery('sync', {});
  const [theme, setTheme] = useState(themeChoice);
  const [isLeaving, setIsLeaving] = useState(false);
  const signOut = useRequest('session.sign-out');
  const waiting = sync?.waiting ?? 0;

  const trigger = (
    <button
      type="button"
      className="group flex min-w-0 flex-1 items-center gap-2 rounded-md px-1.5 py-1 hover:bg-surface-3 data-[state=open]:bg-surface-3"
    >
      <span
        aria-hidden
        className="grid size-[22px] shrink-0 place-items-center rounded-md bg-ink text-sm font-semibold text-surface"
      >
        {[...workspace.name][0]?.toUpperCase()}
      </span>
      <span dir="auto" className="min-w-0 flex-1 truncate text-left font-semibold">
        {workspace.name}
      </span>
      <ChevronDown
        aria-hidden
        size={13}
        className="hidden shrink-0 text-ink-2 group-hover:block group-focus-visible:block group-data-[state=open]:block"
      />
    </button>
  );

  return (
    <>
      <Menu trigger={trigger} label="Account">
        <div className="flex items-center gap-2.5 px-2 pt-2 pb-2.5">
          <Avatar id={me.id} name={me.name} />
          <div className="min-w-0">
            <p className="truncate font-semibold">{me.name}</p>
            <p className="truncate text-sm text-ink-3">{me.email}</p>
          </div>
        </div>
        <MenuLine />
        <MenuHeading>Theme</MenuHeading>
        <MenuChoices
          value={theme}
          onChange={(choice) => {
            chooseTheme(choice as ThemeChoice);
            setTheme(choice as ThemeChoice);
          }}
        >
          <MenuChoice value="system">
            <Monitor aria-hidden size={15} className="text-ink-3" /> As the system
          </MenuChoice>
          <MenuChoice value="light">
            <Sun aria-hidden size={15} className="text-ink-3" /> Light
          </MenuChoice>
          <MenuChoice value="dark">
            <Moon aria-hidden size={15} className="text-ink-3" /> Dark
          </MenuChoice>
        </MenuChoices>
        <MenuLine />
        <MenuItem
          icon={<Paintbrush aria-hidden size={15} />}
          onSelect={() => goTo('/settings/office')}
        >
          How the office looks
        </MenuItem>
        <MenuItem icon={<Users aria-hidden size={15} />} onSelect={() => goTo('/settings/members')}>
          Members
        </MenuItem>
        <MenuItem
          icon={<MessageSquareQuote aria-hidden size={15} />}
          onSelect={() => goTo('/settings/canned-replies')}
        >
          Canned replies
        </MenuItem>
        <MenuItem icon={<Settings aria-hidden size={15} />} onSelect={() => goTo('/settings')}>
          Settings
        </MenuItem>
        <MenuItem icon={<Keyboard aria-hidden size={15} />} onSelect={() => onOpen('keys')}>
          Keys
        </MenuItem>
        <MenuItem
          icon={<LogOut aria-hidden size={15} />}
          onSelect={() => (waiting > 0 ? setIsLeaving(true) : void signOut.send({}))}
        >
          Sign out
        </MenuItem>
        <p className="truncate px-2 pt-1 pb-1.5 text-xs text-ink-3">{serverUrl}</p>
      </Menu>
      {isLeaving && (
        <Confirm
          title={`${countOf(waiting, 'item')} on this device not sent yet`}
          action="Sign out"
          keep="Stay signed in"
          onConfirm={() => void signOut.send({})}
          onClose={() => setIsLeaving(false)}
        >
          They stay on this device and go out only after you sign in here again. Nobody else sees
          them until then.
        </Confirm>
      )}
    </>
  );
}
