import type { Line } from './line.ts';

/** "Cordialement," and its kin, alone on a line. */
const closingFormula =
  /^(?:(?:bien |très |sincèrement|respectueusement|amicalement|chaleureusement)?\s?(?:cordialement|cdt|cdlt|bien à vous|bien à toi|salutations.{0,30}|meilleures salutations|sincères salutations|bonne (?:journée|réception|soirée|fin de journée).{0,30}|merci.{0,40}|respectueusement|amicalement|amitiés|à bientôt|belle journée)|(?:kind|best|warm|warmest|many)?\s?(?:regards|wishes|thanks)(?: again)?|thank you.{0,30}|thanks.{0,30}|cheers|sincerely(?: yours)?|yours (?:sincerely|faithfully|truly)|br|rgds|all the best|mit freundlichen grüßen|saludos|cordiali saluti)[\s,.!;-]{0,4}$/iu;

const contactSigns: readonly RegExp[] = [
  /(?:^|\s)(?:t[ée]l(?:[ée]phone)?|phone|mob(?:ile)?|port(?:able)?|fax|cell|gsm|standard|ligne directe|direct|poste|t|m|p|f)\s?\.?\s?[:.]?\s?\+?[(\d][\d\s().+/-]{6,}/iu,
  /^\+?\(?\d[\d\s().-]{8,}\d$/u,
  /(?:https?:\/\/|www\.)\S+/iu,
  /^(?:e-?mail|courriel|mail|@)?\s?:?\s?<?\S+@\S+\.\S+>?$/iu,
  /\b(?:rue|avenue|av\.|boulevard|bd|place|allée|chemin|quai|street|st\.|road|rd\.|suite|floor|bp|cs) .{0,60}(?:\d{4,6})|\b\d{5} [A-ZÉÈ][A-ZÉÈ' -]{2,}|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b/u,
  /^(?:siret|siren|rcs|tva|vat|capital)\b.{0,80}\d/iu,
];

const mostLines = 14;
const longestLine = 110;

/**
 * Where the block of addresses and numbers begins that a program adds under "Cordialement, Jean Dupont"; null when there
 * is none or it is doubtful. The formula and the name stay, because people write them.
 */
export function contactBlockStart(lines: readonly Line[], from: number, to: number): number | null {
  const lowest = Math.max(from, to - mostLines * 2);
  for (let at = to - 1; at > lowest; at -= 1) {
    const line = lines[at];
    if (line === undefined || !closingFormula.test(line.bare)) continue;
    let name = at + 1;
    while (name < to && lines[name]?.isBlank === true) name += 1;
    const block = lines.slice(name + 1, to).filter((each) => !each.isBlank);
    if (block.length < 2 || block.length > mostLines) return null;
    if (block.some(({ bare }) => bare === '' || bare.length > longestLine)) return null;
    const signs = block.filter(({ bare }) => contactSigns.some((sign) => sign.test(bare))).length;
    const isMostly = signs >= 2 || (signs === 1 && block.length <= 3);
    const hasSentence = block.some(({ bare }) => /[?!]$/u.test(bare) || /^[\p{Lu}][\p{Ll}' ]{25,}\.$/u.test(bare));
    return isMostly && !hasSentence ? name + 1 : null;
  }
  return null;
}
