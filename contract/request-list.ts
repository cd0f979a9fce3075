import { isContractProcedure, type AnyContractProcedure } from '@orpc/contract';
import { z } from 'zod';
import { api, type Api } from './api.ts';

/** The contract as a list, for whoever treats all requests alike: the command line, its help, tests. */

type NamesIn<Node, Prefix extends string> = Node extends AnyContractProcedure
  ? Prefix
  : { [Key in keyof Node & string]: NamesIn<Node[Key], Prefix extends '' ? Key : `${Prefix}.${Key}`> }[keyof Node &
      string];

/** The name of a request, such as `desk.tickets.resolve`. */
export type RequestName = NamesIn<Api, ''>;

export interface RequestEntry {
  /** A `RequestName`. */
  readonly name: string;
  readonly method: string;
  /** Its address under `/api`, such as `/desk/tickets/{id}`. */
  readonly path: string;
  readonly summary: string;
  readonly input: z.ZodType;
  /** Null where the answer is a stream of events. */
  readonly output: z.ZodType | null;
}

function entriesIn(node: unknown, name: string): readonly RequestEntry[] {
  if (isContractProcedure(node)) {
    const { route } = node['~orpc'];
    const inputSchema: unknown = node['~orpc'].inputSchema;
    const outputSchema: unknown = node['~orpc'].outputSchema;
    return [
      {
        name,
        method: route.method ?? 'GET',
        path: route.path ?? '',
        summary: route.summary ?? '',
        input: inputSchema instanceof z.ZodType ? inputSchema : z.object({}),
        output: outputSchema instanceof z.ZodType ? outputSchema : null,
      },
    ];
  }
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, child]) => entriesIn(child, name === '' ? key : `${name}.${key}`));
}

/** Every request of the contract, in the order in which it is written down. */
export const requestList: readonly RequestEntry[] = entriesIn(api, '');
