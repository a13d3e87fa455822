// Files on their way out of the window: the system's own drag, with real files. (D9)

import { app, BrowserWindow, nativeImage, type NativeImage } from 'electron';

/** One grey dot: the system takes no drag without a picture. */
const NO_ICON =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Begins a drag in the window a person works in; answers false where there is none. */
export async function dragFiles(paths: readonly string[]): Promise<boolean> {
  const [first] = paths;
  if (first === undefined) return false;
  const icon = await iconOf(first);
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
  if (window === undefined) return false;
  window.webContents.startDrag({ file: first, files: [...paths], icon });
  return true;
}

async function iconOf(path: string): Promise<NativeImage> {
  const known = await app.getFileIcon(path).catch(() => undefined);
  return known === undefined || known.isEmpty() ? nativeImage.createFromDataURL(NO_ICON) : known;
}
