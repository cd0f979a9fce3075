import type { z } from 'zod';
import type { template } from '#contract/desk-words.ts';
import { useLanguage } from '#web/shell/language.tsx';
import type { Column } from '#web/ui/list/column.ts';
import { useSettingsTexts } from './settings-texts.ts';

/** What lists of canned answers and of ticket templates begin with: the name, and who has it. */
export function useTemplateColumns(): readonly Column<z.infer<typeof template>>[] {
  const { answers: texts } = useSettingsTexts();
  const language = useLanguage();
  return [
    { name: 'name', title: texts.columns.name, value: (each) => each.name[language], width: 'minmax(160px, 1fr)' },
    {
      name: 'shared',
      title: texts.columns.shared,
      value: (each) => (each.shared ? texts.everybody : texts.me),
      width: '130px',
    },
  ];
}
