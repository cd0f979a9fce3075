/** For the `ref` of a row of tabs that is wider than a phone: shows the tab one is on, without moving the page. */
export function showActiveTab(row: HTMLElement | null): void {
  const active = row?.querySelector<HTMLElement>('[aria-current="page"], [aria-pressed="true"]');
  if (row === null || active === null || active === undefined) return;
  row.scrollLeft = active.offsetLeft - row.offsetLeft - (row.clientWidth - active.offsetWidth) / 2;
}
