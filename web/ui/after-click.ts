let pressed = false;

if (typeof document !== 'undefined') {
  document.addEventListener('pointerdown', () => (pressed = true), { capture: true });
  document.addEventListener('pointerup', () => (pressed = false), { capture: true });
  document.addEventListener('pointercancel', () => (pressed = false), { capture: true });
}

/**
 * Does something that may move the page only when no click is under way: a field that is left because a button is being
 * pressed would otherwise show its error, push the button away from under the pointer, and swallow the click.
 */
export function afterClick(act: () => void): void {
  if (pressed) document.addEventListener('pointerup', () => setTimeout(act), { once: true });
  else act();
}
