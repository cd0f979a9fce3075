import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useRef, type CSSProperties, type ReactNode } from 'react';
import { Link } from 'react-router';
import { formatNumber } from '../format.ts';
import { Time } from '../time.tsx';
import { useUi } from '../words.ts';
import { leastWidthOf, textOf, type Column } from './column.ts';
import type { Sort } from './sort.ts';
import { scrollToRow, useRowsInSight } from './use-rows-in-sight.ts';

const headHeight = 30;

interface ListGridProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  idOf: (row: Row) => string;
  nameOf: (row: Row) => string;
  hrefOf: (row: Row) => string;
  selectable: boolean;
  selected: ReadonlySet<string>;
  onSelect: (ids: readonly string[], on: boolean) => void;
  cursor: number;
  sort: Sort | undefined;
  onSort: (name: string) => void;
  rowHeight: number;
  onSight?: ((rows: readonly Row[]) => void) | undefined;
}

/** The rows of a list: only those in sight are in the document, the reader of a screen still learns the true count. */
export function ListGrid<Row>(props: ListGridProps<Row>) {
  const { columns, rows, idOf, selected, selectable, rowHeight, cursor } = props;
  const { words } = useUi();
  const scroller = useRef<HTMLDivElement>(null);
  const sight = useRowsInSight(scroller, rows.length, rowHeight);
  useEffect(() => {
    if (cursor >= 0 && scroller.current !== null) scrollToRow(scroller.current, cursor, rowHeight, headHeight);
  }, [cursor, rowHeight]);

  const tellSight = useEffectEvent((shown: readonly Row[]) => props.onSight?.(shown));
  useEffect(() => {
    tellSight(rows.slice(sight.first, sight.last));
    return () => tellSight([]);
  }, [rows, sight.first, sight.last]);

  const tracks = [...(selectable ? ['22px'] : []), ...columns.map((column) => column.width ?? 'minmax(110px, 1fr)')];
  const tracksStyle: CSSProperties & { '--v-tracks': string; '--v-least': string } = {
    '--v-tracks': tracks.join(' '),
    '--v-least': `${leastWidthOf(tracks)}px`,
  };
  const allSelected = rows.length > 0 && rows.every((row) => selected.has(idOf(row)));
  return (
    <div className="v-grid-scroller" ref={scroller}>
      <table aria-label={props.label} aria-rowcount={rows.length + 1} className="v-grid" style={tracksStyle}>
        <thead className="v-grid-head">
          <tr aria-rowindex={1} className="v-grid-row v-grid-heads">
            {selectable && (
              <td className="v-grid-check">
                <Tick
                  label={words.list.selectAll}
                  on={allSelected}
                  some={!allSelected && selected.size > 0}
                  onTick={(on) => props.onSelect(rows.map(idOf), on)}
                />
              </td>
            )}
            {columns.map((column) => (
              <ColumnHead key={column.name} column={column} sort={props.sort} onSort={props.onSort} />
            ))}
          </tr>
        </thead>
        <tbody className="v-grid-body" style={{ height: rows.length * rowHeight }}>
          {rows.slice(sight.first, sight.last).map((row, offset) => (
            <GridRow key={idOf(row)} grid={props} row={row} index={sight.first + offset} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface TickProps {
  label: string;
  on: boolean;
  some?: boolean;
  onTick: (on: boolean) => void;
}

/** The browser's own tick box: forty of them are drawn anew with each screenful that scrolls by. */
function Tick({ label, on, some = false, onTick }: TickProps) {
  return (
    <input
      type="checkbox"
      className="v-grid-tick"
      aria-label={label}
      checked={on}
      ref={(box) => {
        if (box !== null) box.indeterminate = some;
      }}
      onChange={(event) => onTick(event.currentTarget.checked)}
    />
  );
}

function ColumnHead<Row>(props: { column: Column<Row>; sort: Sort | undefined; onSort: (name: string) => void }) {
  const { column, sort } = props;
  const { words } = useUi();
  const sorted = sort?.name === column.name ? (sort.down ? 'descending' : 'ascending') : 'none';
  return (
    <th scope="col" aria-sort={sorted} className="v-grid-cell" data-align={column.align}>
      <button
        type="button"
        className="v-grid-sort"
        title={words.list.sortBy(column.title)}
        onClick={() => props.onSort(column.name)}
      >
        {column.title}
        {sorted === 'ascending' && <IconArrowUp size={13} aria-hidden="true" />}
        {sorted === 'descending' && <IconArrowDown size={13} aria-hidden="true" />}
      </button>
    </th>
  );
}

interface GridRowProps<Row> {
  grid: ListGridProps<Row>;
  row: Row;
  index: number;
}

/** One row; the link of its first cell covers the whole row, so that a click anywhere opens it (also in a new tab). */
function GridRow<Row>({ grid, row, index }: GridRowProps<Row>) {
  const { words } = useUi();
  const id = grid.idOf(row);
  const isSelected = grid.selected.has(id);
  return (
    <tr
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      className="v-grid-row"
      data-cursor={grid.cursor === index || undefined}
      data-selected={isSelected || undefined}
      style={{ height: grid.rowHeight, transform: `translateY(${index * grid.rowHeight}px)` }}
    >
      {grid.selectable && (
        <td className="v-grid-check">
          <Tick
            label={words.list.selectRow(grid.nameOf(row))}
            on={isSelected}
            onTick={(on) => grid.onSelect([id], on)}
          />
        </td>
      )}
      {grid.columns.map((column, position) => {
        const content = column.cell?.(row) ?? <PlainCell column={column} row={row} />;
        return (
          <td key={column.name} className="v-grid-cell" data-align={column.align}>
            {position === 0 ? (
              <Link className="v-grid-link" to={grid.hrefOf(row)} {...linkName(column, row, grid)}>
                {content}
              </Link>
            ) : (
              content
            )}
          </td>
        );
      })}
    </tr>
  );
}

/** A first cell that shows more than the name (a state, an icon) still gives the link the plain name. */
function linkName<Row>(column: Column<Row>, row: Row, grid: ListGridProps<Row>): { 'aria-label'?: string } {
  return column.cell === undefined ? {} : { 'aria-label': grid.nameOf(row) };
}

function PlainCell<Row>({ column, row }: { column: Column<Row>; row: Row }): ReactNode {
  const { words, locale } = useUi();
  const value = column.value(row);
  if (value === null || value === undefined || value === '')
    return <span className="v-quiet">{words.list.noValue}</span>;
  if (value instanceof Date) return <Time at={value} />;
  if (typeof value === 'number') return <span className="v-number">{formatNumber(value, locale)}</span>;
  if (typeof value === 'boolean') return value ? words.list.yes : words.list.no;
  return column.choices?.find((choice) => choice.value === value)?.label ?? textOf(value);
}
