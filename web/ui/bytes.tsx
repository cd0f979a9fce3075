import { formatBytes, formatNumber } from './format.ts';
import { useUi } from './words.ts';

/** A size in bytes, in binary units; the exact count on hover. */
export function Bytes({ value }: { value: number }) {
  const { locale, words } = useUi();
  return (
    <span className="v-number" title={`${formatNumber(value, locale, 0)}\u00A0${words.byteUnits[0] ?? ''}`}>
      {formatBytes(value, locale, words.byteUnits)}
    </span>
  );
}
