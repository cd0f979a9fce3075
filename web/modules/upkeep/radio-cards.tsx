import { useId } from 'react';
import './upkeep.css';

interface RadioCard<Value extends string> {
  value: Value;
  label: string;
  /** Quiet lines under the label. */
  help: readonly string[];
}

interface RadioCardsProps<Value extends string> {
  legend: string;
  value: Value | undefined;
  cards: readonly RadioCard<Value>[];
  onChange: (value: Value) => void;
}

/** A choice among a few, each with what it means; the arrow keys move. */
export function RadioCards<Value extends string>({ legend, value, cards, onChange }: RadioCardsProps<Value>) {
  const name = useId();
  return (
    <fieldset className="v-choice">
      <legend>{legend}</legend>
      {cards.map((card) => (
        <label key={card.value} data-on={card.value === value || undefined}>
          <input type="radio" name={name} checked={card.value === value} onChange={() => onChange(card.value)} />
          <strong>{card.label}</strong>
          {card.help.map((line) => (
            <span key={line} className="v-choice-help">
              {line}
            </span>
          ))}
        </label>
      ))}
    </fieldset>
  );
}
