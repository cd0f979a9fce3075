import { useNotifyTexts } from './notify-texts.ts';

/** What the kinds of things are called. */
export function useThingKinds(): (kind: 'site' | 'host' | 'service') => string {
  const { thingKinds } = useNotifyTexts();
  return (kind) => thingKinds[kind];
}
