import { useMediaQuery } from '@mantine/hooks';
import { useDeferredValue, useMemo, useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { ActionButton } from '../action-button.tsx';
import { useKept } from '../kept.ts';
import { useKeys } from '../keys.ts';
import { EmptyState } from '../empty-state.tsx';
import { SectionTabs } from '../section-tabs.tsx';
import { formatNumber } from '../format.ts';
import { useUi } from '../words.ts';
import type { Column } from './column.ts';
import { FilterBar } from './filter-bar.tsx';
import { filterTest, parseFilter } from './filter-words.ts';
import { ListGrid } from './list-grid.tsx';
import { ColumnsMenu, ExportMenu } from './list-menus.tsx';
import { formatSort, parseSort, sortRows } from './sort.ts';
import { useCalmOrder } from './use-calm-order.ts';
import { useListAddress } from './use-list-address.ts';
import '../page.css';
import './list.css';

/** Something that can be done to all selected rows at once. */
export interface BulkAction<Row> {
  name: string;
  title: string;
  icon?: ReactNode;
  run: (rows: readonly Row[]) => void;
  /** Why it may not be done to these rows; undefined when it may. */
  refusal?: (rows: readonly Row[]) => string | undefined;
}

/** A neighbouring list, shown as a tab that leads there. */
export interface ListNeighbour {
  title: string;
  to: string;
}

/** A filter with a name, shown as a tab. */
export interface ListView {
  title: string;
  filter: string;
}

export interface ListPageProps<Row> {
  /** Stable name of the list: kept columns and exported files carry it. */
  name: string;
  title: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  idOf: (row: Row) => string;
  nameOf: (row: Row) => string;
  hrefOf: (row: Row) => string;
  onEdit?: ((row: Row) => void) | undefined;
  views?: readonly ListView[];
  /** Lists of the same module, this one included. */
  neighbours?: readonly ListNeighbour[];
  bulk?: readonly BulkAction<Row>[];
  /** Main actions, at the right of the title. */
  actions?: ReactNode;
  /** Sort when the address names none, such as `-since`. */
  usualSort?: string;
  /** How many rows there are in all, while only the first of them have come. */
  total?: number | undefined;
  /** Told which rows are drawn, whenever that changes. */
  onSight?: ((rows: readonly Row[]) => void) | undefined;
  /** Between the title and the rows. */
  below?: ReactNode;
  /** Shown when there is no row at all: what to do first. */
  empty: ReactNode;
}

/** A list that filters, sorts, selects, acts in bulk and exports, all by keyboard, at 10,000 rows. */
export function ListPage<Row>(props: ListPageProps<Row>) {
  const { columns, rows, idOf } = props;
  const { words } = useUi();
  const list = useList(props);
  const { address, calm, chosen } = list;
  if (rows.length === 0) {
    return (
      <section className="v-page">
        <ListHeader {...props} count={0} />
        <Neighbours neighbours={props.neighbours ?? []} label={props.title} />
        {props.empty}
      </section>
    );
  }
  return (
    <section className="v-page">
      <ListHeader {...props} count={calm.rows.length} />
      <Neighbours neighbours={props.neighbours ?? []} label={props.title} />
      {props.below}
      {props.views !== undefined && (
        <ListTabs views={props.views} filter={address.filter} onFilter={address.setFilter} label={words.list.views} />
      )}
      <div className="v-list-bar">
        <FilterBar columns={columns} rows={rows} filter={address.filter} onFilter={address.setFilter} />
        <div className="v-list-tools">
          {calm.stale && (
            <button type="button" className="v-list-stale" onClick={list.orderAgain}>
              {words.list.orderChanged} <strong>{words.list.applyOrder}</strong>
            </button>
          )}
          {!list.phone && <ColumnsMenu columns={columns} shown={chosen.shown} onToggle={chosen.toggle} />}
          <ExportMenu fileName={props.name} columns={chosen.shown} rows={calm.rows} />
        </div>
      </div>
      <div
        className="v-list-body"
        onPointerEnter={() => list.setHovered(true)}
        onPointerLeave={() => list.setHovered(false)}
      >
        <ListGrid
          label={props.title}
          columns={list.phone ? columns.filter((column, at) => at === 0 || column.onPhone === true) : chosen.shown}
          rows={calm.rows}
          idOf={idOf}
          nameOf={props.nameOf}
          hrefOf={props.hrefOf}
          selectable={props.bulk !== undefined && !list.phone}
          selected={list.selected}
          onSelect={list.select}
          cursor={list.cursor}
          sort={address.sort}
          onSort={list.toggleSort}
          rowHeight={list.rowHeight}
          onSight={props.onSight}
        />
        {calm.rows.length === 0 && (
          <EmptyState
            title={words.list.nothingMatches}
            action={<ActionButton onClick={() => address.setFilter('')}>{words.list.clearFilter}</ActionButton>}
          />
        )}
      </div>
      {list.selectedRows.length > 0 && (
        <BulkBar rows={list.selectedRows} actions={props.bulk ?? []} onClear={list.clear} />
      )}
    </section>
  );
}

/** All that a list holds: address, order, cursor and selection. */
function useList<Row>(props: ListPageProps<Row>) {
  const { columns, rows, idOf } = props;
  const { locale } = useUi();
  const navigate = useNavigate();
  const phone = useMediaQuery('(max-width: 47.99em)') ?? false;
  const [textSize] = useKept('text', 'small');
  const address = useListAddress({ filter: '', sort: props.usualSort ?? '' });
  const filter = useDeferredValue(address.filter);
  const chosen = useChosenColumns(props.name, columns);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [cursor, setCursor] = useState(-1);
  const [hovered, setHovered] = useState(false);
  const [ordered, setOrdered] = useState(0);

  const { sort } = address;
  const sorted = sort === undefined ? '' : formatSort(sort);
  // Thousands of rows: while a letter is typed, what it asks for is worked out only once it is drawn.
  const wanted = useMemo(
    () => sortRows(rows.filter(filterTest(columns, parseFilter(filter))), columns, parseSort(sorted), locale),
    [rows, columns, filter, sorted, locale],
  );
  const calm = useCalmOrder(wanted, rows, idOf, {
    question: `${filter}\n${sorted}\n${ordered}`,
    reading: hovered || cursor >= 0 || selected.size > 0,
  });
  const select = (ids: readonly string[], on: boolean): void => {
    const next = new Set(selected);
    for (const id of ids) {
      if (on) next.add(id);
      else next.delete(id);
    }
    setSelected(next);
  };
  const clear = (): void => {
    setSelected(new Set());
    setCursor(-1);
  };
  const open = (row: Row): void => void navigate(props.hrefOf(row));
  useListKeys(props, { rows: calm.rows, cursor, setCursor, selected, select, open, clear });
  return {
    address,
    calm,
    chosen,
    phone,
    cursor,
    selected,
    select,
    clear,
    setHovered,
    rowHeight: phone ? 44 : textSize === 'large' ? 36 : 32,
    selectedRows: calm.rows.filter((row) => selected.has(idOf(row))),
    orderAgain: () => setOrdered(ordered + 1),
    toggleSort: (name: string): void => {
      address.setSort({ name, down: address.sort?.name === name && !address.sort.down });
    },
  };
}

function ListHeader<Row>(props: ListPageProps<Row> & { count: number }) {
  const { words, locale } = useUi();
  const coming = props.total ?? props.rows.length;
  const whole = props.count === props.rows.length;
  const [shown, total] = [whole ? coming : props.count, coming].map((count) => formatNumber(count, locale, 0));
  return (
    <header className="v-page-head">
      <title>{`${props.title} – Vigie`}</title>
      <h1 className="v-title">
        {props.title}
        <span className="v-count v-number">{words.list.count(shown ?? '', total ?? '')}</span>
      </h1>
      <div className="v-page-actions">{props.actions}</div>
    </header>
  );
}

function Neighbours({ neighbours, label }: { neighbours: readonly ListNeighbour[]; label: string }) {
  if (neighbours.length === 0) return null;
  return <SectionTabs label={label} tabs={neighbours.map((neighbour) => ({ ...neighbour, end: true }))} />;
}

function ListTabs(props: {
  views: readonly ListView[];
  filter: string;
  onFilter: (filter: string) => void;
  label: string;
}) {
  return (
    <nav className="v-tabs" aria-label={props.label}>
      {props.views.map((view) => (
        <button
          type="button"
          key={view.title}
          className="v-tab"
          aria-pressed={view.filter === props.filter}
          onClick={() => props.onFilter(view.filter)}
        >
          {view.title}
        </button>
      ))}
    </nav>
  );
}

function BulkBar<Row>(props: { rows: readonly Row[]; actions: readonly BulkAction<Row>[]; onClear: () => void }) {
  const { words } = useUi();
  return (
    <div className="v-bulk" role="toolbar" aria-label={words.list.selected(props.rows.length)}>
      <strong className="v-number">{words.list.selected(props.rows.length)}</strong>
      {props.actions.map((action) => (
        <ActionButton
          key={action.name}
          icon={action.icon}
          onClick={() => action.run(props.rows)}
          refusal={action.refusal?.(props.rows)}
        >
          {action.title}
        </ActionButton>
      ))}
      <button type="button" className="v-bulk-clear" onClick={props.onClear}>
        {words.list.clearSelection}
      </button>
    </div>
  );
}

function useChosenColumns<Row>(listName: string, columns: readonly Column<Row>[]) {
  const usual = columns.filter((column) => column.optional !== true).map((column) => column.name);
  const [kept, keep] = useKept(`columns.${listName}`, usual.join(','));
  const names = new Set(kept.split(','));
  return {
    shown: columns.filter((column, at) => at === 0 || names.has(column.name)),
    toggle: (name: string): void => {
      if (names.has(name)) names.delete(name);
      else names.add(name);
      keep([...names].join(','));
    },
  };
}

interface ListHands<Row> {
  rows: readonly Row[];
  cursor: number;
  setCursor: (index: number) => void;
  selected: ReadonlySet<string>;
  select: (ids: readonly string[], on: boolean) => void;
  open: (row: Row) => void;
  clear: () => void;
}

function useListKeys<Row>(props: ListPageProps<Row>, hands: ListHands<Row>): void {
  const { idOf, onEdit } = props;
  const { rows, cursor } = hands;
  const { words } = useUi();
  const keyWords = words.list.keys;
  const here = rows[cursor];
  const move = (step: number): void => hands.setCursor(Math.max(0, Math.min(rows.length - 1, cursor + step)));
  useKeys(keyWords.title, [
    { keys: 'j', label: keyWords.next, run: () => move(1) },
    { keys: 'k', label: keyWords.previous, run: () => move(-1) },
    { keys: 'Enter', label: keyWords.open, run: () => here !== undefined && hands.open(here) },
    ...(props.bulk === undefined
      ? []
      : [
          {
            keys: 'x',
            label: keyWords.select,
            run: () => here !== undefined && hands.select([idOf(here)], !hands.selected.has(idOf(here))),
          },
        ]),
    { keys: 'Escape', label: words.list.clearSelection, run: hands.clear },
    ...(onEdit === undefined
      ? []
      : [{ keys: 'e', label: keyWords.edit, run: () => here !== undefined && onEdit(here) }]),
  ]);
}
