import type { NamedThing } from '#contract/words.ts';
import { ThingLink } from '#web/shell/thing-link.tsx';
import { ActionButton } from '#web/ui/action-button.tsx';
import { Section } from '#web/ui/section.tsx';
import { useProfileTexts } from './profile-texts.ts';

interface ProfileUsesProps {
  readonly things: readonly NamedThing[];
  readonly refusal: string | undefined;
  readonly onTake: (thing: NamedThing) => void;
}

/** What a profile was given to. */
export function ProfileUses({ things, refusal, onTake }: ProfileUsesProps) {
  const texts = useProfileTexts();
  return (
    <Section title={texts.uses}>
      {things.length === 0 ? (
        <p className="v-quiet">{texts.noUses}</p>
      ) : (
        <ul className="v-profile-uses">
          {things.map((thing) => (
            <li key={thing.id}>
              <ThingLink thing={thing} />
              <ActionButton refusal={refusal} label={`${texts.takeAway} ${thing.name}`} onClick={() => onTake(thing)}>
                {texts.takeAway}
              </ActionButton>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
