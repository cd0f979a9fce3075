import { useEffect, useState, type RefObject } from 'react';

/** Rows drawn above and below the visible ones, so that a quick scroll shows no gap. */
const spareRows = 12;

/**
 * Which of many rows of one fixed height are in sight.
 * NOTE: all rows have the same height by design, so this is one division and needs no library that measures.
 */
export function useRowsInSight(
  scroller: RefObject<HTMLElement | null>,
  rowCount: number,
  rowHeight: number,
): { first: number; last: number } {
  const [sight, setSight] = useState({ top: 0, height: 800 });
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const read = (): void => setSight({ top: element.scrollTop, height: element.clientHeight });
    const resized = new ResizeObserver(read);
    resized.observe(element);
    element.addEventListener('scroll', read, { passive: true });
    return () => {
      resized.disconnect();
      element.removeEventListener('scroll', read);
    };
  }, [scroller]);
  const first = Math.max(0, Math.floor(sight.top / rowHeight) - spareRows);
  const last = Math.min(rowCount, Math.ceil((sight.top + sight.height) / rowHeight) + spareRows);
  return { first: Math.min(first, last), last };
}

/** Scrolls a row into sight, below the sticky heading, without moving when it is already there. */
export function scrollToRow(scroller: HTMLElement, index: number, rowHeight: number, headHeight: number): void {
  const top = index * rowHeight;
  const bottom = top + rowHeight;
  const visible = scroller.clientHeight - headHeight;
  if (top < scroller.scrollTop) scroller.scrollTo({ top });
  else if (bottom > scroller.scrollTop + visible) scroller.scrollTo({ top: bottom - visible });
}
