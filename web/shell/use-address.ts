import { useSearchParams } from 'react-router';

/**
 * What the address says after its question mark, and how the page says something else there. An empty value is taken out.
 * A choice is no step for the way back, and the page stays where it was scrolled to.
 */
export function useAddress(): [URLSearchParams, (name: string, value: string) => void] {
  const [params, setParams] = useSearchParams();
  return [
    params,
    (name, value) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          if (value === '') after.delete(name);
          else after.set(name, value);
          return after;
        },
        { replace: true, preventScrollReset: true },
      ),
  ];
}
