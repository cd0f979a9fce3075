const longestId = 250;
const mostIds = 10_000;

/** The ids in a Message-ID, References or In-Reply-To header, however folded or broken; each once, in order, with their brackets. */
export function parseMessageIds(header: string): string[] {
  const ids = new Set<string>();
  for (const match of header.matchAll(/<(?<id>[^<>]{1,1000})>/gu)) {
    const id = (match.groups?.['id'] ?? '').replaceAll(/\s+/gu, '');
    if (id.length >= 3 && id.length <= longestId) ids.add(`<${id}>`);
    if (ids.size >= mostIds) break;
  }
  if (ids.size > 0) return [...ids];
  // Without brackets, as some programs write it.
  for (const word of header.split(/[\s,;]+/u, 1_000))
    if (/^[^\s<>@]{1,200}@[^\s<>@]{1,200}$/u.test(word) && word.length <= longestId) ids.add(`<${word}>`);
  return [...ids];
}
