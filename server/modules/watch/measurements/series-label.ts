import type { Language } from '#contract/words.ts';
import { kinds } from '#probe/checks/kinds.ts';

/** The words for one measurement of a kind: `disk:/var` is the kind's word for `disk`, and the instance. */
export function seriesLabel(kind: string, name: string, language: Language): string {
  const [metric = '', ...instance] = name.split(':');
  const word = kinds.get(kind)?.texts[language].metrics[metric] ?? metric;
  return instance.length === 0 ? word : `${word} ${instance.join(':')}`;
}
