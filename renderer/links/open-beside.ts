/** Another window of Docket at an address, or a tab where Docket runs in a browser. (I1) */
export function openBeside(address: string): void {
  const url = new URL(window.location.href);
  url.hash = address;
  window.open(url.href, '_blank', 'noopener');
}
