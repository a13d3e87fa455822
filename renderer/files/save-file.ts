/** Saves what stands at an address of this host under a name, as a click on a link would. */
export function saveFile(url: string, name?: string) {
  const link = document.createElement('a');
  link.href = url;
  link.download = name ?? '';
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
}
