import { Modal } from '@mantine/core';
import { KbdHint } from '../ui/kbd-hint.tsx';
import { useAllKeys } from '../ui/keys.ts';
import { useUi } from '../ui/words.ts';
import { useShellTexts } from './shell-texts.ts';

/** Every key that works on the screen at hand. */
export function KeyboardHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const texts = useShellTexts();
  const { words } = useUi();
  const layers = useAllKeys();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={720}
      title={<strong>{texts.help.title}</strong>}
      closeButtonProps={{ 'aria-label': words.actions.close }}
    >
      <div className="v-help">
        {layers
          .filter((layer) => layer.bindings.length > 0)
          .map((layer) => (
            <section key={layer.title}>
              <h3>{layer.title}</h3>
              <dl>
                {layer.bindings.map((binding) => (
                  <div key={binding.keys}>
                    <dt>{binding.label}</dt>
                    <dd>
                      <KbdHint keys={binding.keys} />
                      <span className="v-unseen">{binding.keys}</span>
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
      </div>
    </Modal>
  );
}
