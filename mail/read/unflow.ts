const quoteMarks = /^>*/u;

/** Joins the lines of a flowed text (RFC 3676) that were one when they were written. Quotes of different depth stay apart. */
export function unflow(text: string, deletesSpace: boolean): string {
  const out: string[] = [];
  const held: { isOpen: boolean; depth: string; pieces: string[] } = { isOpen: false, depth: '', pieces: [] };
  const close = (): void => {
    if (held.isOpen) out.push(held.depth + (held.depth === '' ? '' : ' ') + held.pieces.join(''));
    Object.assign(held, { isOpen: false, pieces: [] });
  };
  for (const line of text.split('\n')) {
    const depth = quoteMarks.exec(line)?.[0] ?? '';
    const content = line.slice(depth.length).replace(/^ /u, '');
    const isSignature = content === '-- ';
    const isSoft = content.endsWith(' ') && !isSignature;
    if (held.depth !== depth || isSignature) close();
    if (!isSoft && !held.isOpen) {
      out.push(depth === '' ? content : line);
      continue;
    }
    if (!held.isOpen) Object.assign(held, { isOpen: true, depth });
    held.pieces.push(isSoft && deletesSpace ? content.slice(0, -1) : content);
    if (!isSoft) close();
  }
  close();
  return out.join('\n');
}
