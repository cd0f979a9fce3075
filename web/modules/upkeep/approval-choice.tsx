import { RadioCards } from './radio-cards.tsx';
import { useUpkeepTexts } from './upkeep-texts.ts';
import './upkeep.css';

/** Whether another person agrees before, or reviews after. */
export type Approval = 'ask' | 'emergency';

interface ApprovalChoiceProps {
  safe: boolean;
  value: Approval;
  onChange: (approval: Approval) => void;
}

/** Says whether approval is needed, and offers the emergency. */
export function ApprovalChoice({ safe, value, onChange }: ApprovalChoiceProps) {
  const { propose: texts } = useUpkeepTexts();
  if (safe) return <p className="v-propose-safe">{texts.safe}</p>;
  return (
    <RadioCards
      legend={texts.how}
      value={value}
      onChange={onChange}
      cards={[
        { value: 'ask', label: texts.ask, help: [texts.askHelp] },
        { value: 'emergency', label: texts.emergency, help: [texts.emergencyHelp] },
      ]}
    />
  );
}
