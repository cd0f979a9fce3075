import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconCheck, IconColumns3, IconDownload } from '@tabler/icons-react';
import { useUi } from '../words.ts';
import type { Column } from './column.ts';
import { downloadText, rowsToCsv, rowsToJson } from './export-rows.ts';

interface ColumnsMenuProps<Row> {
  columns: readonly Column<Row>[];
  shown: readonly Column<Row>[];
  onToggle: (name: string) => void;
}

/** Which columns to show; the first one names the row and stays. */
export function ColumnsMenu<Row>({ columns, shown, onToggle }: ColumnsMenuProps<Row>) {
  const { words } = useUi();
  return (
    <Menu position="bottom-end" closeOnItemClick={false}>
      <Tooltip label={words.list.columns}>
        <Menu.Target>
          <ActionIcon aria-label={words.list.columns}>
            <IconColumns3 size={16} />
          </ActionIcon>
        </Menu.Target>
      </Tooltip>
      <Menu.Dropdown>
        {columns.map((column, position) => (
          <Menu.Item
            key={column.name}
            role="menuitemcheckbox"
            aria-checked={shown.includes(column)}
            disabled={position === 0}
            leftSection={<IconCheck size={14} style={{ visibility: shown.includes(column) ? 'visible' : 'hidden' }} />}
            onClick={() => onToggle(column.name)}
          >
            {column.title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface ExportMenuProps<Row> {
  fileName: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
}

/** Exports the rows as they stand on the screen: filtered, sorted, and with the chosen columns. */
export function ExportMenu<Row>({ fileName, columns, rows }: ExportMenuProps<Row>) {
  const { words } = useUi();
  return (
    <Menu position="bottom-end">
      <Tooltip label={words.list.export}>
        <Menu.Target>
          <ActionIcon aria-label={words.list.export}>
            <IconDownload size={16} />
          </ActionIcon>
        </Menu.Target>
      </Tooltip>
      <Menu.Dropdown>
        <Menu.Item onClick={() => downloadText(`${fileName}.csv`, 'text/csv;charset=utf-8', rowsToCsv(columns, rows))}>
          {words.list.exportCsv}
        </Menu.Item>
        <Menu.Item onClick={() => downloadText(`${fileName}.json`, 'application/json', rowsToJson(columns, rows))}>
          {words.list.exportJson}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
