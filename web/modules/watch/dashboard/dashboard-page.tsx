import { Menu, Modal, Switch, TextInput } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { IconDots, IconDeviceTv, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate, useParams, useSearchParams, type LoaderFunctionArgs } from 'react-router';
import type { Dashboard, Widget } from '#contract/dashboard.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient, ready } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { paths } from '#web/paths.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { useKeys } from '#web/ui/keys.ts';
import { downloadText } from '#web/ui/list/export-rows.ts';
import { useUi } from '#web/ui/words.ts';
import { useMeasurementTexts } from '../measurements/measurement-texts.ts';
import { DashboardGrid } from './dashboard-grid.tsx';
import { dashboardQuery } from './dashboard-queries.ts';
import { useDashboardEditor, type DashboardEditor } from './use-dashboard-editor.ts';
import { newContent, widgetKinds, type WidgetKind } from './widget-defaults.ts';
import { addWidget, settle } from './widget-moves.ts';
import { WidgetSettings } from './widget-settings.tsx';
import '#web/ui/page.css';
import './dashboard.css';

export const loader = ({ params }: LoaderFunctionArgs) => ready(dashboardQuery(params['id'] ?? ''));

const renew = () => queryClient.invalidateQueries({ queryKey: api.watch.dashboards.key() });

/** One dashboard: seen by all who may, arranged by its owner. */
export function DashboardPage() {
  const { id = '' } = useParams();
  const { data: dashboard } = useSuspenseQuery(dashboardQuery(id));
  const [params] = useSearchParams();
  const arranging = params.has('arrange') && dashboard.mine;
  return arranging ? <Arranging key={id} dashboard={dashboard} /> : <Shown dashboard={dashboard} />;
}

function Head({ dashboard, children }: { dashboard: Dashboard; children: React.ReactNode }) {
  const { dashboards: texts } = useMeasurementTexts();
  return (
    <header className="v-page-head v-board-head">
      <h1 className="v-title">{dashboard.name}</h1>
      <span className="v-quiet">{dashboard.shared ? `${texts.shared} – ${dashboard.owner.name}` : texts.private}</span>
      <div className="v-board-actions">{children}</div>
    </header>
  );
}

function useArrange(): (on: boolean) => void {
  const [, setParams] = useSearchParams();
  return (on) => setParams(on ? { arrange: '' } : {}, { replace: true });
}

function Shown({ dashboard }: { dashboard: Dashboard }) {
  const { dashboards: texts } = useMeasurementTexts();
  const arrange = useArrange();
  useKeys(dashboard.name, [{ keys: 'e', label: texts.edit, run: () => dashboard.mine && arrange(true) }]);
  return (
    <section className="v-page" data-scroll="">
      <title>{`${dashboard.name} – Vigie`}</title>
      <Head dashboard={dashboard}>
        <MoreMenu dashboard={dashboard} />
        <ActionButton to={paths.wall(dashboard.id)} icon={<IconDeviceTv size={15} />}>
          {texts.wall}
        </ActionButton>
        {dashboard.mine && (
          <ActionButton main keys="e" onClick={() => arrange(true)}>
            {texts.edit}
          </ActionButton>
        )}
      </Head>
      {dashboard.widgets.length === 0 ? (
        <EmptyState
          title={texts.noWidgets}
          action={
            dashboard.mine && (
              <ActionButton main onClick={() => arrange(true)}>
                {texts.edit}
              </ActionButton>
            )
          }
        >
          {texts.noWidgetsText}
        </EmptyState>
      ) : (
        <DashboardGrid widgets={dashboard.widgets} />
      )}
    </section>
  );
}

function MoreMenu({ dashboard }: { dashboard: Dashboard }) {
  const { dashboards: texts } = useMeasurementTexts();
  const navigate = useNavigate();
  const refusal = useRefusal('watch.act');
  const [asking, setAsking] = useState<'remove' | 'rename'>();
  const { id, name, mine } = dashboard;
  const duplicate = async (): Promise<void> => {
    const copy = await client.watch.dashboards.duplicate({ id, name: texts.copyOf(name).slice(0, 100) });
    await renew();
    await navigate(paths.dashboard(copy.id));
  };
  const save = async (): Promise<void> => {
    const file = await client.watch.dashboards.export({ id });
    downloadText(`${name}.vigie-dashboard.json`, 'application/json', `${JSON.stringify(file, null, 2)}\n`);
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <button type="button" className="v-more" aria-label={texts.rename} title={texts.rename}>
            <IconDots size={16} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item disabled={!mine} onClick={() => setAsking('rename')}>
            {texts.rename}
          </Menu.Item>
          <Menu.Item disabled={refusal !== undefined} title={refusal} onClick={() => void duplicate()}>
            {texts.duplicate}
          </Menu.Item>
          <Menu.Item onClick={() => void save()}>{texts.export}</Menu.Item>
          <Menu.Item disabled={!mine} onClick={() => setAsking('remove')}>
            {texts.remove}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asking === 'rename' && <NameDialog dashboard={dashboard} onClose={() => setAsking(undefined)} />}
      <ConfirmDialog
        opened={asking === 'remove'}
        title={texts.removeTitle(name)}
        verb={texts.remove}
        onClose={() => setAsking(undefined)}
        onConfirm={async () => {
          await client.watch.dashboards.remove({ id });
          await navigate(paths.dashboards());
          await renew();
        }}
      >
        {texts.removeText}
      </ConfirmDialog>
    </>
  );
}

function NameDialog({ dashboard, onClose }: { dashboard: Dashboard; onClose: () => void }) {
  const { dashboards: texts } = useMeasurementTexts();
  const { words } = useUi();
  const [name, setName] = useState(dashboard.name);
  const [shared, setShared] = useState(dashboard.shared);
  const save = async (): Promise<void> => {
    if (name.trim() === '') return;
    await client.watch.dashboards.change({ id: dashboard.id, name, shared });
    await renew();
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={<strong>{texts.rename}</strong>}
      closeButtonProps={{ 'aria-label': words.actions.close }}
    >
      <form
        className="v-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextInput
          label={texts.name}
          value={name}
          maxLength={100}
          required
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Switch label={texts.share} checked={shared} onChange={(event) => setShared(event.currentTarget.checked)} />
        <div className="v-form-end">
          <ActionButton main submit>
            {words.actions.save}
          </ActionButton>
          <ActionButton onClick={onClose}>{words.actions.cancel}</ActionButton>
        </div>
      </form>
    </Modal>
  );
}

function Arranging({ dashboard }: { dashboard: Dashboard }) {
  const { dashboards: texts } = useMeasurementTexts();
  const editor = useDashboardEditor(dashboard);
  const arrange = useArrange();
  const [settingsOf, setSettingsOf] = useState<string>();
  const { widgets, change, undo, redo, saving, problem } = editor;
  const open = widgets.find(({ id }) => id === settingsOf);
  const replace = (widget: Widget): void => change(widgets.map((each) => (each.id === widget.id ? widget : each)));
  const duplicate = (id: string): void => {
    const source = widgets.find((each) => each.id === id);
    if (source !== undefined) change(addWidget(widgets, crypto.randomUUID(), source.content));
  };
  useKeys(dashboard.name, [
    { keys: 'mod+z', label: texts.undo, run: () => undo?.() },
    { keys: 'mod+y', label: texts.redo, run: () => redo?.() },
    { keys: 'Escape', label: texts.done, run: () => arrange(false) },
  ]);
  return (
    <section className="v-page" data-scroll="">
      <title>{`${dashboard.name} – Vigie`}</title>
      <Head dashboard={dashboard}>
        <output className="v-quiet" aria-live="polite">
          {problem ?? (saving ? texts.saving : texts.saved)}
        </output>
        <ActionButton keys="mod+z" refusal={undo === undefined ? texts.noUndo : undefined} onClick={() => undo?.()}>
          {texts.undo}
        </ActionButton>
        <ActionButton keys="mod+y" refusal={redo === undefined ? texts.noRedo : undefined} onClick={() => redo?.()}>
          {texts.redo}
        </ActionButton>
        <AddMenu editor={editor} onAdded={setSettingsOf} />
        <ActionButton main onClick={() => arrange(false)}>
          {texts.done}
        </ActionButton>
      </Head>
      {widgets.length === 0 && <EmptyState title={texts.noWidgets}>{texts.noWidgetsText}</EmptyState>}
      <DashboardGrid
        widgets={widgets}
        arrange={{
          onChange: change,
          onSettings: setSettingsOf,
          onDuplicate: duplicate,
          onRemove: (id) => change(settle(widgets.filter((each) => each.id !== id))),
        }}
      />
      {open !== undefined && (
        <WidgetSettings
          content={open.content}
          onChange={(content) => replace({ ...open, content })}
          onClose={() => setSettingsOf(undefined)}
        />
      )}
    </section>
  );
}

function AddMenu({ editor, onAdded }: { editor: DashboardEditor; onAdded: (id: string) => void }) {
  const { dashboards: texts, widgets: names, about } = useMeasurementTexts();
  const add = (kind: WidgetKind): void => {
    const id = crypto.randomUUID();
    editor.change(addWidget(editor.widgets, id, newContent(kind)));
    onAdded(id);
  };
  return (
    <Menu position="bottom-end" width={320}>
      <Menu.Target>
        <button type="button" className="v-board-add">
          <IconPlus size={15} /> {texts.addWidget}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {widgetKinds.map((kind) => (
          <Menu.Item key={kind} onClick={() => add(kind)}>
            <strong>{names[kind]}</strong>
            <span className="v-quiet v-board-about">{about[kind]}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
