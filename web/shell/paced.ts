/** Calls `act` now, or at the end of the pause when it was called a moment ago; many calls become one. */
export function paced(act: () => void, pauseMs: number): () => void {
  let pausing = false;
  let again = false;
  const call = (): void => {
    if (pausing) {
      again = true;
      return;
    }
    pausing = true;
    act();
    setTimeout(() => {
      pausing = false;
      if (!again) return;
      again = false;
      call();
    }, pauseMs);
  };
  return call;
}
