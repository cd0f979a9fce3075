import { measurementScreens as en } from '#texts/en/measurement-screens.ts';
import { measurementScreens as fr } from '#texts/fr/measurement-screens.ts';
import { useTexts } from '#web/shell/language.tsx';

/** The words of charts over time, dashboards and the keeping of measurements. */
export function useMeasurementTexts(): typeof en {
  return useTexts({ en, fr });
}
