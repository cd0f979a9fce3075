/** What a canned answer may name, such as `{{requester.name}}`. */
export type TemplateWords = Readonly<Record<string, string>>;

/**
 * Puts words into a template. A name that is not known, or that has no value here, stays as it is and is told, so that
 * nobody sends an answer with a hole in it. What is put in is not read again.
 */
export function fillTemplate(template: string, words: TemplateWords): { text: string; missing: string[] } {
  const missing = new Set<string>();
  const text = template.replaceAll(/\{\{\s*(?<name>[a-z]+(?:\.[a-z]+)?)\s*\}\}/giu, (whole, name: string) => {
    const value = Object.hasOwn(words, name.toLowerCase()) ? words[name.toLowerCase()] : undefined;
    if (value !== undefined && value !== '') return value;
    missing.add(name);
    return whole;
  });
  return { text, missing: [...missing] };
}
