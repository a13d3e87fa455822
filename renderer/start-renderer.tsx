import './ui/app.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { App } from './app.tsx';
import type { Bridge } from './bridge.ts';
import { Commands, CommandsContext, followCommands } from './desktop/commands.ts';
import { openDrafts } from './drafts/drafts.ts';
import { DraftsProvider } from './drafts/use-drafts.tsx';
import { useHashPath } from './hash-address.ts';
import { followLinks } from './links/follow-links.ts';
import { followTheme } from './ui/theme.ts';
import { TooltipProvider } from './ui/tooltip.tsx';
import { BridgeProvider } from './use-bridge.tsx';

/** Puts the whole renderer into the page. */
export function startRenderer(bridge: Bridge): void {
  followTheme();
  keepDroppedFilesOut();
  followLinks(window);
  const commands = new Commands();
  followCommands(window, commands);
  const root = document.getElementById('root');
  if (root === null) throw new Error('The page has no #root.');
  createRoot(root).render(
    <StrictMode>
      <BridgeProvider bridge={bridge}>
        <DraftsProvider drafts={openDrafts()}>
          <Router hook={useHashPath}>
            <CommandsContext value={commands}>
              <TooltipProvider delayDuration={500} skipDelayDuration={200}>
                <App />
              </TooltipProvider>
            </CommandsContext>
          </Router>
        </DraftsProvider>
      </BridgeProvider>
    </StrictMode>,
  );
}

/** A file that misses the drop zone must not replace the page: that is what a browser does with it. */
function keepDroppedFilesOut() {
  for (const type of ['dragover', 'drop'] as const)
    window.addEventListener(type, (event) => {
      if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
    });
}
