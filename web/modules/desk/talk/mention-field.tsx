import { Combobox, Textarea, useCombobox } from '@mantine/core';
import { useId, useState, type ComponentProps, type KeyboardEvent, type RefObject } from 'react';
import { colleaguesFor, mentionAt, withMention, type Colleague } from './mention.ts';
import { useWorkTexts } from '../tickets/work-texts.ts';

interface MentionFieldProps extends Omit<ComponentProps<typeof Textarea>, 'value' | 'onChange' | 'ref' | 'onKeyDown'> {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly value: string;
  readonly onText: (text: string) => void;
  /** Who is offered after an @; nobody when the list is empty. */
  readonly colleagues: readonly Colleague[];
  /** Keys that the list of names did not take. */
  readonly onKey: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
}

/** The list of names that is open, and which of them Enter takes. */
function useOffer(text: string, colleagues: readonly Colleague[]) {
  const [cursor, setCursor] = useState<number | null>(null);
  const [at, setAt] = useState(0);
  const begun = cursor === null ? null : mentionAt(text, cursor);
  const offered = begun === null ? [] : colleaguesFor(begun.typed, colleagues);
  return {
    begun: offered.length === 0 ? null : begun,
    offered,
    at: Math.min(at, offered.length - 1),
    look: (place: number | null): void => {
      setCursor(place);
      setAt(0);
    },
    step: (by: number): void => setAt((before) => (before + by + offered.length) % offered.length),
  };
}

/** A tall field in which an @ offers the people of the desk. */
export function MentionField({ field, value, onText, colleagues, onKey, onBlur, ...rest }: MentionFieldProps) {
  const { mention } = useWorkTexts();
  const id = useId();
  const offer = useOffer(value, colleagues);
  const { begun, offered, at } = offer;
  const combobox = useCombobox({ opened: begun !== null });
  const take = (one: Colleague | undefined): void => {
    if (begun === null || one === undefined) return;
    const written = withMention(value, begun, one.label);
    onText(written.text);
    offer.look(null);
    // After React has written the text: writing moves the cursor to the end.
    requestAnimationFrame(() => field.current?.setSelectionRange(written.cursor, written.cursor));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    const isPlain = !event.ctrlKey && !event.metaKey;
    if (begun === null || !isPlain) return onKey(event);
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') offer.step(event.key === 'ArrowDown' ? 1 : -1);
    else if (event.key === 'Enter' || event.key === 'Tab') take(offered[at]);
    else if (event.key === 'Escape') offer.look(null);
    else return undefined;
    event.preventDefault();
    return undefined;
  };
  return (
    <Combobox store={combobox} position="bottom-start" width={260}>
      <Combobox.Target withKeyboardNavigation={false}>
        <Textarea
          {...rest}
          ref={field}
          value={value}
          aria-autocomplete="list"
          {...(begun === null ? {} : { 'aria-activedescendant': `${id}-${at}` })}
          onChange={(event) => {
            onText(event.currentTarget.value);
            offer.look(event.currentTarget.selectionStart);
          }}
          onBlur={(event) => {
            offer.look(null);
            onBlur?.(event);
          }}
          onKeyDown={onKeyDown}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options aria-label={mention.label}>
          {offered.map((one, place) => (
            <Combobox.Option
              key={one.value}
              id={`${id}-${place}`}
              value={one.value}
              active={place === at}
              selected={place === at}
              // Before the field loses the focus.
              onPointerDown={(event) => {
                event.preventDefault();
                take(one);
              }}
            >
              {one.label}
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
