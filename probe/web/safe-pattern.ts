import { createRequire } from 'node:module';
import { z } from 'zod';

/** Read with the first pattern: it takes time and memory. */
const read: (name: 're2js') => typeof import('re2js') = createRequire(import.meta.url);

/** A regular expression that cannot be made to take long: RE2 runs in time linear to the text, whatever the pattern. */
export interface SafePattern {
  /** Whether it is found anywhere in the text. */
  test(text: string): boolean;
  /** Whether it is the whole text. */
  isWhole(text: string): boolean;
  /** The first group of the first find, or the whole find where there is no group; undefined when nothing is found. */
  pick(text: string): string | undefined;
}

/** Compiles RE2 syntax. Throws when the pattern is none; `^` and `$` mean lines. */
export function compilePattern(pattern: string): SafePattern {
  const { RE2JS } = read('re2js');
  const compiled = RE2JS.compile(pattern, RE2JS.MULTILINE);
  return {
    test: (text) => compiled.test(text),
    isWhole: (text) => compiled.testExact(text),
    pick(text) {
      const matcher = compiled.matcher(text);
      if (!matcher.find()) return undefined;
      return (matcher.groupCount() > 0 ? matcher.group(1) : matcher.group(0)) ?? undefined;
    },
  };
}

const patternLimit = 500;

/** Whether a text is a pattern that {@link compilePattern} takes. */
export function isPattern(pattern: string): boolean {
  try {
    compilePattern(pattern);
    return true;
  } catch {
    return false;
  }
}

/** A settings field that holds a pattern; empty means none. */
export function patternText(): z.ZodDefault<z.ZodString> {
  return z.string().max(patternLimit).refine(isPattern).default('');
}

/** A settings field that holds patterns, one a line. */
export function patternList(most: number): z.ZodDefault<z.ZodArray<z.ZodString>> {
  return z.array(z.string().min(1).max(patternLimit).refine(isPattern)).max(most).default([]);
}
