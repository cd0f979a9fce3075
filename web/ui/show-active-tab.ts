/** For the `ref` of a row of tabs that is wider than a phone: shows the tab one is on, without moving the page. */
export function showActiveTab(row: HTMLElement | null): void {
  if (row === null) return;
  // Asked for while a page is put together, a place costs the layout of all of it; before it is drawn that is done anyway.
  requestAnimationFrame(() => {
    const active = row.querySelector<HTMLElement>('[aria-current="page"], [aria-pressed="true"]');
    if (active !== null)
      row.scrollLeft = active.offsetLeft - row.offsetLeft - (row.clientWidth - active.offsetWidth) / 2;
  });
}
