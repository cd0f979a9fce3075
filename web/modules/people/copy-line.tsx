import { CopyButton } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { ActionButton } from '#web/ui/action-button.tsx';
import './people.css';

interface CopyLineProps {
  label: string;
  value: string;
  copy: string;
  copied: string;
}

/** Something shown once, to be copied. */
export function CopyLine({ label, value, copy, copied }: CopyLineProps) {
  return (
    <div className="v-copy-line">
      <output aria-label={label}>
        <code>{value}</code>
      </output>
      <CopyButton value={value} timeout={4000}>
        {(button) => (
          <ActionButton main icon={<IconCopy size={15} />} onClick={button.copy}>
            {button.copied ? copied : copy}
          </ActionButton>
        )}
      </CopyButton>
    </div>
  );
}
