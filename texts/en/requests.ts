import { requestList } from '#contract/request-list.ts';

/** What each request does, in one line: in English, the contract says it itself. */
export const requests: Readonly<Record<string, string>> = Object.fromEntries(
  requestList.map(({ name, summary }) => [name, summary]),
);
