import { ActionIcon, NativeSelect } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { linkKind, type TicketLink, type TicketSheet } from '#contract/desk-words.ts';
import { client } from '#web/shell/api.ts';
import { useRefusal } from '#web/shell/session.ts';
import { spoken } from '#web/shell/spoken.ts';
import { Chip } from '#web/ui/chip.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { SearchPicker, type Pick } from '#web/ui/form/search-picker.tsx';
import { offerUndo } from '#web/ui/offer-undo.tsx';
import { Section } from '#web/ui/section.tsx';
import { useUi } from '#web/ui/words.ts';
import { paths } from '#web/paths.ts';
import { findTickets } from '../list/find-picks.ts';
import { adoptSheet } from './sheet-queries.ts';
import { useTicketTexts } from './ticket-texts.ts';
import { useWorkTexts } from './work-texts.ts';

/** What is asked to set or take away a link that is seen from this end. */
function setLink(ticketId: string, { kind, ticket }: TicketLink, on: boolean): Promise<TicketSheet> {
  if (kind === 'parent') return client.desk.tickets.edit({ id: ticketId, parentId: on ? ticket.id : null });
  if (kind === 'child')
    return client.desk.tickets
      .edit({ id: ticket.id, parentId: on ? ticketId : null })
      .then(() => client.desk.tickets.sheet({ id: ticketId }));
  const known = linkKind.safeParse(kind);
  if (known.success) return client.desk.tickets.link({ id: ticketId, kind: known.data, otherId: ticket.id, on });
  // Seen from the other end, it is the other ticket's link to this one.
  const theirs = kind === 'blocked_by' ? 'blocks' : kind === 'duplicated_by' ? 'duplicates' : 'caused_by';
  return client.desk.tickets
    .link({ id: ticket.id, kind: theirs, otherId: ticketId, on })
    .then(() => client.desk.tickets.sheet({ id: ticketId }));
}

/** Tickets that have to do with this one. */
export function TicketLinks({ sheet }: { sheet: TicketSheet }) {
  const { links } = useTicketTexts();
  const work = useWorkTexts().links;
  const { words } = useUi();
  const refusal = useRefusal('desk.write');
  const [adds, setAdds] = useState(false);
  const remove = useMutation({
    mutationFn: async (link: TicketLink) => {
      await adoptSheet(await setLink(sheet.id, link, false));
      offerUndo(work.removed, words.actions.undo, async () => adoptSheet(await setLink(sheet.id, link, true)));
    },
  });
  return (
    <Section
      title={links.title}
      aside={
        <ActionIcon
          size={26}
          aria-label={work.add}
          title={refusal ?? work.add}
          aria-disabled={refusal !== undefined}
          onClick={() => refusal === undefined && setAdds(true)}
        >
          <IconPlus size={15} />
        </ActionIcon>
      }
    >
      <ul className="v-desk-links">
        {sheet.links.map((link) => (
          <li key={`${link.kind} ${link.ticket.id}`}>
            <Chip to={paths.ticket(link.ticket.id)}>
              {links[link.kind]} #{link.ticket.number} {link.ticket.title}
            </Chip>
            {refusal === undefined && (
              <ActionIcon size={22} aria-label={work.remove(link.ticket.number)} onClick={() => remove.mutate(link)}>
                <IconX size={13} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {sheet.linkCount > sheet.links.length && (
        <p className="v-quiet">{work.further(sheet.linkCount - sheet.links.length)}</p>
      )}
      {adds && <LinkDialog sheet={sheet} onClose={() => setAdds(false)} />}
    </Section>
  );
}

const kinds = [...linkKind.options, 'parent'] as const;
type Kind = (typeof kinds)[number];

function LinkDialog({ sheet, onClose }: { sheet: TicketSheet; onClose: () => void }) {
  const { links: texts, picker, messages } = useWorkTexts();
  const [kind, setKind] = useState<Kind>('related');
  const [other, setOther] = useState<Pick | null>(null);
  const act = async (): Promise<void> => {
    if (other === null) throw new Error(messages.pickOne);
    const { id } = sheet;
    const asked =
      kind === 'parent'
        ? client.desk.tickets.edit({ id, parentId: other.id })
        : client.desk.tickets.link({ id, kind, otherId: other.id });
    await adoptSheet(await spoken(asked));
  };
  return (
    <ConfirmDialog opened title={texts.add} verb={texts.verb} onConfirm={act} onClose={onClose}>
      <SearchPicker
        label={texts.other}
        focused
        name={`tickets ${sheet.id}`}
        placeholder={picker.ticketHint}
        chosen={other}
        find={findTickets(sheet.id)}
        nothing={picker.nothing}
        onChoose={setOther}
      />
      <NativeSelect
        mt="sm"
        label={texts.kind}
        value={kind}
        data={kinds.map((value) => ({ value, label: texts.kinds[value] }))}
        onChange={(event) => setKind(kinds.find((one) => one === event.currentTarget.value) ?? 'related')}
      />
    </ConfirmDialog>
  );
}
