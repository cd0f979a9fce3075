import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Runbook } from '#contract/upkeep.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { folded } from '#web/ui/list/column.ts';
import { paths } from '#web/paths.ts';
import { RadioCards } from './radio-cards.tsx';
import { useUpkeepTexts } from './upkeep-texts.ts';
import './upkeep.css';

interface RunbookChoiceProps {
  runbooks: readonly Runbook[];
  /** Ids of those that fit the symptoms, best first. */
  fitting: readonly string[];
  value: string | undefined;
  onChange: (id: string) => void;
}

/** With more than these one types to find. */
const fewEnough = 7;

/** Those that fit first, then the others by name. */
export function orderedRunbooks(runbooks: readonly Runbook[], fitting: readonly string[]): readonly Runbook[] {
  const place = (runbook: Runbook): number => {
    const at = fitting.indexOf(runbook.id);
    return at < 0 ? fitting.length : at;
  };
  return runbooks.toSorted((a, b) => place(a) - place(b) || a.name.localeCompare(b.name));
}

/** Chooses a runbook; arrows move, what fits the symptoms stands first. */
export function RunbookChoice({ runbooks, fitting, value, onChange }: RunbookChoiceProps) {
  const texts = useUpkeepTexts();
  const [typed, setTyped] = useState('');
  if (runbooks.length === 0) {
    return (
      <p className="v-propose-none">
        {texts.propose.noRunbook} <ActionButton to={paths.runbookNew()}>{texts.runbooks.new}</ActionButton>
      </p>
    );
  }
  const words = folded(typed);
  const shown = orderedRunbooks(runbooks, fitting).filter(
    (runbook) =>
      runbook.id === value || folded([runbook.name, runbook.summary, ...runbook.symptoms].join(' ')).includes(words),
  );
  return (
    <div className="v-choice-runbooks">
      {runbooks.length > fewEnough && (
        <TextInput
          aria-label={texts.propose.filter}
          placeholder={texts.propose.filter}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      <RadioCards
        legend={texts.propose.runbook}
        value={value}
        onChange={onChange}
        cards={shown.map((runbook) => ({
          value: runbook.id,
          label: runbook.name,
          help: [
            [
              ...(fitting.includes(runbook.id) ? [texts.propose.suggested] : []),
              runbook.safe ? texts.runbooks.safe : texts.runbooks.needsApproval,
              texts.runbooks.record(runbook.successCount, runbook.runCount),
            ].join(' · '),
            ...(runbook.summary === '' ? [] : [runbook.summary]),
          ],
        }))}
      />
    </div>
  );
}
