import { useSuspenseQuery } from '@tanstack/react-query';
import type { Permission } from '#contract/permission.ts';
import type { Me } from '#contract/people.ts';
import { api } from './api.ts';
import { useShellTexts } from './shell-texts.ts';

/** Who is signed in; the frame's loader has asked before any page is shown. */
export const meQuery = api.people.session.get.queryOptions({ input: {}, staleTime: Number.POSITIVE_INFINITY });

/** Who I am and what I may do. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

/**
 * Why I may not do something that asks for this permission; undefined when I may.
 * Goes straight into `refusal` of a button, which is then shown disabled with the reason.
 */
export function useRefusal(permission: Permission): string | undefined {
  const { permissions, person } = useMe();
  const texts = useShellTexts();
  return permissions.includes(permission) ? undefined : texts.noPermission(texts.roles[person.role]);
}
