import { useQuery } from '@tanstack/react-query';
import { personsQuery } from './tickets/ticket-queries.ts';

/** Those who can be given a ticket, as choices. */
export function useOperators(): readonly { value: string; label: string }[] {
  const persons = useQuery(personsQuery).data ?? [];
  return persons
    .filter((person) => person.active && (person.role === 'operator' || person.role === 'administrator'))
    .map((person) => ({ value: person.id, label: person.name }));
}
