import { z } from 'zod';
import { exporterFields } from '#probe/exporter/exporter-settings.ts';
import { readRule } from './rules.ts';
import { readSelection } from './selections.ts';

const line = z.string().min(1).max(500);

export const prometheusSettings = z.object({
  ...exporterFields(9_100),
  select: z
    .array(line.refine((text) => readSelection(text) !== undefined))
    .max(100)
    .default([]),
  rules: z
    .array(line.refine((text) => readRule(text) !== undefined))
    .max(50)
    .default([]),
  missing: z.enum(['ignore', 'degraded', 'down']).default('degraded'),
});
export type PrometheusSettings = z.infer<typeof prometheusSettings>;
