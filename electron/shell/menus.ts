// The native menus, of the program and at the pointer. (I1)

import { app, Menu, type WebContents } from 'electron';
import { isOurs } from './lock-down.ts';
import { applicationMenu, contextMenu, type MenuActs } from './menu-model.ts';
import { addressIn } from './window-places.ts';

export function setMenu(acts: MenuActs): void {
  const isMac = process.platform === 'darwin';
  const template = applicationMenu({ isMac, isPackaged: app.isPackaged }, acts);
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

/** Where the page has a menu of its own, the system is not asked for one. */
export function offerContextMenu(
  contents: WebContents,
  openBeside: (address: string) => void,
): void {
  contents.on('context-menu', (_event, params) => {
    const { misspelledWord, dictionarySuggestions, isEditable, selectionText, linkURL } = params;
    const template = contextMenu(
      {
        misspelledWord,
        suggestions: dictionarySuggestions,
        isEditable,
        hasSelection: selectionText !== '',
        address: isOurs(linkURL) ? addressIn(linkURL) : '',
      },
      {
        replace: (word) => contents.replaceMisspelling(word),
        learn: (word) => contents.session.addWordToSpellCheckerDictionary(word),
        openBeside,
      },
    );
    if (template.length > 0) Menu.buildFromTemplate(template).popup();
  });
}
