// The number on the browser's tab: Docket's icon with it, drawn anew. (F4)

const SIZE = 64;
const OWN = 'data-own-icon';

/** 0 brings the icon back as it was. Where nothing can be drawn, the number in the title says it alone. */
export function showCountOnIcon(count: number): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel=icon]');
  if (link === null) return;
  const own = link.getAttribute(OWN) ?? link.getAttribute('href') ?? '';
  link.setAttribute(OWN, own);
  if (count === 0) {
    if (link.getAttribute('href') !== own) link.setAttribute('href', own);
    return;
  }
  const picture = new Image();
  picture.onload = () => {
    const drawn = draw(picture, iconWords(count));
    if (drawn !== undefined) link.setAttribute('href', drawn);
  };
  picture.src = own;
}

export const iconWords = (count: number): string => (count > 99 ? '99+' : String(count));

function draw(picture: HTMLImageElement, words: string): string | undefined {
  const canvas = document.createElement('canvas');
  canvas.width = SIZE;
  canvas.height = SIZE;
  const context = canvas.getContext('2d');
  if (context === null) return undefined;
  context.drawImage(picture, 0, 0, SIZE, SIZE);
  const radius = words.length > 2 ? 24 : 20;
  context.fillStyle = '#c23a2b';
  context.beginPath();
  context.arc(SIZE - radius, SIZE - radius, radius, 0, 2 * Math.PI);
  context.fill();
  context.fillStyle = '#fff';
  context.font = `bold ${words.length > 2 ? 24 : 30}px sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(words, SIZE - radius, SIZE - radius + 2);
  return canvas.toDataURL('image/png');
}
