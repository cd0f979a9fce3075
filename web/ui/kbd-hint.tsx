import './kbd-hint.css';

const isApple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);
const signs: Record<string, string> = { mod: isApple ? '⌘' : 'Ctrl', Enter: '↵', Escape: 'Esc', ' ': '␣' };

interface KbdHintProps {
  keys: string;
  /** Read out as well: where nothing else stands beside it, such as in a tooltip. */
  spoken?: boolean;
}

/** The keys of an action, such as `mod+k` or `g w`, as small caps of a keyboard. */
export function KbdHint({ keys, spoken = false }: KbdHintProps) {
  return (
    <span className="v-kbd-group" aria-hidden={!spoken}>
      {keys.split(/[ +]/).map((key) => (
        <kbd className="v-kbd" key={key}>
          {signs[key] ?? (key.length === 1 ? key.toUpperCase() : key)}
        </kbd>
      ))}
    </span>
  );
}
