import type { ThingRef } from '#contract/words.ts';
import { client } from '#web/shell/api.ts';
import type { Fact } from '#web/ui/facts-panel.tsx';
import { useRefusal } from '#web/shell/session.ts';
import { useEstateTexts } from './estate-texts.ts';
import { saved } from './save-thing.ts';
import { tagWords } from './tag-changes.ts';

/** The tags of a thing, changed as words with spaces between. */
export function useTagsFact(thing: ThingRef, tags: readonly string[]): Fact {
  const texts = useEstateTexts();
  const refusal = useRefusal('estate.write');
  return {
    name: 'tags',
    label: texts.columns.tags,
    shown: tags.length === 0 ? <span className="v-quiet">–</span> : tags.join(' '),
    refusal,
    edit: {
      kind: 'line',
      value: tags.join(' '),
      save: (next) => {
        const wanted = tagWords(next);
        return saved(
          client.estate.tags.change({
            things: [{ kind: thing.kind, id: thing.id }],
            add: wanted.filter((tag) => !tags.includes(tag)),
            remove: tags.filter((tag) => !wanted.includes(tag)),
          }),
        );
      },
    },
  };
}
