import { shell as en } from '#texts/en/shell.ts';
import { shell as fr } from '#texts/fr/shell.ts';
import { useTexts } from './language.tsx';

/** The frame's own words. */
export function useShellTexts(): typeof en {
  return useTexts({ en, fr });
}
