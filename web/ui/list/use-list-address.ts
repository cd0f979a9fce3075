import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { formatSort, parseSort, type Sort } from './sort.ts';

/** After this pause in typing the filter is written into the address. */
const settleMs = 250;

interface ListAddress {
  filter: string;
  setFilter: (text: string) => void;
  sort: Sort | undefined;
  setSort: (sort: Sort | undefined) => void;
}

/** What is being typed, and the addresses it may stand on: where typing began and what it wrote since. */
interface Typed {
  text: string;
  over: readonly string[];
}

/** Typing makes no history and moves nothing. */
const quietly = { replace: true, preventScrollReset: true } as const;

/** The address with one word of it changed; the usual value is not written. */
function withParam(before: URLSearchParams, name: string, value: string, usual: string): URLSearchParams {
  const next = new URLSearchParams(before);
  if (value === usual) next.delete(name);
  else next.set(name, value);
  return next;
}

/** Filter and sort of a list, kept in the address as `?q=state:down&sort=-since`. */
export function useListAddress(defaults: { filter: string; sort: string }): ListAddress {
  const [params, setParams] = useSearchParams();
  const written = params.get('q') ?? defaults.filter;
  const [typed, setTyped] = useState<Typed>();
  // An address that did not come from typing (a tab, the back button) wins over what was typed before.
  if (typed !== undefined && (typed.text === written || !typed.over.includes(written))) setTyped(undefined);

  const usualFilter = defaults.filter;
  useEffect(() => {
    if (typed === undefined) return undefined;
    const timer = setTimeout(() => {
      setTyped({ text: typed.text, over: [...typed.over.slice(-3), typed.text] });
      setParams((before) => withParam(before, 'q', typed.text, usualFilter), quietly);
    }, settleMs);
    return () => clearTimeout(timer);
  }, [typed, setParams, usualFilter]);
  const sort = parseSort(params.get('sort') ?? defaults.sort);
  return {
    filter: typed?.text ?? written,
    setFilter: (text) => setTyped({ text, over: [...(typed?.over.slice(-3) ?? []), written] }),
    sort,
    setSort: (next) => {
      const text = next === undefined ? '' : formatSort(next);
      setParams((before) => withParam(before, 'sort', text, defaults.sort), quietly);
    },
  };
}
