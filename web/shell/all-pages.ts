/** A list of more pages than this is not shown whole: 40 pages of 500 rows. */
const mostPages = 40;

/** All items of a list request, page after page. */
export async function allPages<Item>(
  fetchPage: (after: string | undefined) => Promise<{ items: readonly Item[]; next: string | null }>,
): Promise<Item[]> {
  const items: Item[] = [];
  let after: string | undefined;
  for (let count = 0; count < mostPages; count += 1) {
    // Each page says where the next begins.
    const page: { items: readonly Item[]; next: string | null } = await fetchPage(after);
    items.push(...page.items);
    if (page.next === null) break;
    after = page.next;
  }
  return items;
}
