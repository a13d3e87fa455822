// The portal's style sheet, script, icon and fonts, read once and served from memory under names that change with their content, so a
// browser may keep them for ever.

import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Assets {
  readonly stylePath: string;
  readonly iconPath: string;
  readonly scriptPath: string;
  readonly byName: ReadonlyMap<string, Asset>;
}

export interface Asset {
  readonly mediaType: string;
  readonly bytes: Buffer;
}

const ASSETS_PATH = '/portal/assets/';
/** The design tokens are the desktop's; they are read as a file, so nothing of the renderer is imported. */
const TOKENS = fileURLToPath(new URL('../../renderer/ui/tokens.css', import.meta.url));
const STYLES = fileURLToPath(new URL('./portal.css', import.meta.url));
const SCRIPT = fileURLToPath(new URL('./portal-script.js', import.meta.url));
const ICON = fileURLToPath(new URL('./icon.svg', import.meta.url));
const FONT_SHEET = createRequire(import.meta.url).resolve('@fontsource-variable/inter/wght.css');

export async function readAssets(): Promise<Assets> {
  const byName = new Map<string, Asset>();
  const add = (name: string, mediaType: string, bytes: Buffer): string => {
    const named = `${hashOf(bytes)}-${name}`;
    byName.set(named, { mediaType, bytes });
    return ASSETS_PATH + named;
  };
  const fonts = new Map<string, string>();
  const fontFolder = join(dirname(FONT_SHEET), 'files');
  for (const file of await readdir(fontFolder))
    if (/^inter-[a-z-]+-wght-normal\.woff2$/.test(file))
      fonts.set(file, add(file, 'font/woff2', await readFile(join(fontFolder, file))));
  const fontSheet = (await readFile(FONT_SHEET, 'utf8')).replace(
    /\.\/files\/([\w-]+\.woff2)/g,
    (whole, file: string) => fonts.get(file) ?? whole,
  );
  const sheets = [fontSheet, await readFile(TOKENS, 'utf8'), await readFile(STYLES, 'utf8')];
  const stylePath = add('portal.css', 'text/css; charset=utf-8', Buffer.from(sheets.join('\n')));
  const iconPath = add('icon.svg', 'image/svg+xml', await readFile(ICON));
  const scriptPath = add('portal.js', 'text/javascript; charset=utf-8', await readFile(SCRIPT));
  return { stylePath, iconPath, scriptPath, byName };
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 12);
}
