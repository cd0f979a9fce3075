import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { TicketSheet } from '#contract/desk-words.ts';
import { client } from '#web/shell/api.ts';
import { useLanguage } from '#web/shell/language.tsx';
import { useRefusal } from '#web/shell/session.ts';
import { templatesQuery } from '../settings/settings-queries.ts';
import { adoptSheet } from '../tickets/sheet-queries.ts';
import { useWorkTexts } from '../tickets/work-texts.ts';

/** Does to a ticket what a template sets; nothing where there is no template. */
export function UseTemplate({ sheet }: { sheet: TicketSheet }) {
  const { templates: texts } = useWorkTexts();
  const language = useLanguage();
  const refusal = useRefusal('desk.write');
  const all = useQuery(templatesQuery).data?.filter(({ kind }) => kind === 'ticket') ?? [];
  const use = useMutation({
    mutationFn: (id: string) => client.desk.templates.use({ id, ticketId: sheet.id }),
    onSuccess: async (changed, id) => {
      await adoptSheet(changed);
      notifications.show({ message: texts.usedOn(all.find((one) => one.id === id)?.name[language] ?? '') });
    },
  });
  if (all.length === 0 || refusal !== undefined) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" loading={use.isPending}>
          {texts.use}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={400} style={{ overflowY: 'auto' }}>
        {all.map(({ id, name }) => (
          <Menu.Item key={id} onClick={() => use.mutate(id)}>
            {name[language]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
