/** Somebody of the desk who can be mentioned. */
export interface Colleague {
  readonly value: string;
  readonly label: string;
}

/** What is being typed after an @ at the cursor; null when no mention is. */
export interface Begun {
  /** Where the @ stands. */
  readonly from: number;
  readonly typed: string;
}

const fold = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** So many words of a name may be typed before it is taken for a sentence. */
const longest = 40;

/** The mention that is being typed where the cursor stands: an @ at the start of a word, and letters after it. */
export function mentionAt(text: string, cursor: number): Begun | null {
  const before = text.slice(Math.max(0, cursor - longest), cursor);
  const found = /(?:^|[\s(«"'])@(?<typed>[\p{L}\p{M}’'.-]*(?: [\p{L}\p{M}’'.-]*)?)$/u.exec(before);
  const typed = found?.groups?.['typed'];
  return typed === undefined ? null : { from: cursor - typed.length - 1, typed };
}

/** Colleagues whose name or one of its parts begins so. */
export function colleaguesFor(typed: string, all: readonly Colleague[]): readonly Colleague[] {
  const wanted = fold(typed.trim());
  return all
    .filter(({ label }) => {
      const name = fold(label);
      return name.startsWith(wanted) || name.split(/\s+/u).some((part) => part.startsWith(wanted));
    })
    .slice(0, 8);
}

/** The text with the mention written out, and where the cursor stands after it. */
export function withMention(text: string, { from, typed }: Begun, name: string): { text: string; cursor: number } {
  const end = from + 1 + typed.length;
  const written = `@${name} `;
  return {
    text: text.slice(0, from) + written + text.slice(end).replace(/^ /u, ''),
    cursor: from + written.length,
  };
}

/** Whom a text mentions: by the name written out after an @, so that it holds on another device and after a reload. */
export function mentionedIn(text: string, all: readonly Colleague[]): readonly string[] {
  const folded = fold(text);
  return all.filter(({ label }) => folded.includes(`@${fold(label)}`)).map(({ value }) => value);
}
