/** A text in double quotes, in which `\"` and `\\` stand for themselves; undefined when it is not one. */
export function readQuoted(text: string): string | undefined {
  const inner = /^"((?:[^"\\]|\\.)*)"$/u.exec(text)?.[1];
  return inner?.replaceAll(/\\(["\\])/gu, '$1');
}
