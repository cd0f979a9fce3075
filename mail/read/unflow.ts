const quoteMarks = /^>*/u;

/** Joins the lines of a flowed text (RFC 3676) that were one when they were written. Quotes of different depth stay apart. */
export function unflow(text: string, deletesSpace: boolean): string {
  const out: string[] = [];
  let open: { depth: string; pieces: string[] } | null = null;
  const close = (): void => {
    if (open !== null) out.push(open.depth + (open.depth === '' ? '' : ' ') + open.pieces.join(''));
    open = null;
  };
  for (const line of text.split('\n')) {
    const depth = quoteMarks.exec(line)?.[0] ?? '';
    const content = line.slice(depth.length).replace(/^ /u, '');
    const isSignature = content === '-- ';
    const isSoft = content.endsWith(' ') && !isSignature;
    const held: { depth: string; pieces: string[] } | null = open;
    if (held !== null && ((held as { depth: string }).depth !== depth || isSignature)) close();
    const piece = isSoft && deletesSpace ? content.slice(0, -1) : content;
    if (!isSoft && open === null) {
      out.push(depth === '' ? content : line);
      continue;
    }
    open ??= { depth, pieces: [] };
    (open as { pieces: string[] }).pieces.push(piece);
    if (!isSoft) close();
  }
  close();
  return out.join('\n');
}
