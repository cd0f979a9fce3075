import { useCallback, useEffect, useRef, useState } from 'react';
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

/** Filter and sort of a list, kept in the address as `?q=state:down&sort=-since`. */
export function useListAddress(defaults: { filter: string; sort: string }): ListAddress {
  const [params, setParams] = useSearchParams();
  const written = params.get('q') ?? defaults.filter;
  // What is being typed counts at once; it holds only on top of the address it was typed over.
  const [typed, setTyped] = useState<{ text: string; over: string }>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const write = useCallback(
    (name: string, value: string, usual: string) => {
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          if (value === usual) next.delete(name);
          else next.set(name, value);
          return next;
        },
        { replace: true, preventScrollReset: true },
      );
    },
    [setParams],
  );

  const setFilter = (text: string): void => {
    setTyped({ text, over: written });
    clearTimeout(timer.current);
    timer.current = setTimeout(() => write('q', text, defaults.filter), settleMs);
  };
  const sort = parseSort(params.get('sort') ?? defaults.sort);
  return {
    filter: typed?.over === written ? typed.text : written,
    setFilter,
    sort,
    setSort: (next) => write('sort', next === undefined ? '' : formatSort(next), defaults.sort),
  };
}
