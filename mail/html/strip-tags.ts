/** The words of HTML that is too entangled to be read properly. One pass, no nesting. */
export function stripTags(html: string): string {
  const pieces: string[] = [];
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open === -1) {
      pieces.push(html.slice(at));
      break;
    }
    pieces.push(html.slice(at, open));
    const close = html.indexOf('>', open);
    if (close === -1) break;
    if (/^<\/?(?:p|div|br|tr|li|h\d|blockquote)\b/iu.test(html.slice(open, open + 14))) pieces.push('\n');
    at = close + 1;
  }
  return pieces
    .join('')
    .replaceAll(/&(?<name>amp|lt|gt|quot|nbsp|#39);/gu, (whole: string, name: string) => entities[name] ?? whole)
    .replaceAll(/\n\s*\n+/gu, '\n\n')
    .trim();
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'" };
