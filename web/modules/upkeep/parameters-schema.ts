import type { Run, Runbook } from '#contract/upkeep.ts';
import type { JsonSchema } from '#web/ui/form/json-schema.ts';

type Parameter = Runbook['parameters'][number];

const longestText = 1000;

function propertyOf(parameter: Parameter): JsonSchema {
  const usual = parameter.default === null ? {} : { default: parameter.default };
  const shared = { title: parameter.label, ...usual };
  switch (parameter.kind) {
    case 'number':
      return { ...shared, type: 'number' };
    case 'boolean':
      return { ...shared, type: 'boolean' };
    case 'choice':
      return { ...shared, type: 'string', enum: parameter.choices };
    default:
      return { ...shared, type: 'string', maxLength: longestText };
  }
}

/** The form that asks for a runbook's parameters. */
export function parametersSchema(parameters: readonly Parameter[]): JsonSchema {
  return {
    type: 'object',
    properties: Object.fromEntries(parameters.map((parameter) => [parameter.name, propertyOf(parameter)])),
    required: parameters
      .filter((parameter) => parameter.required && parameter.kind !== 'boolean')
      .map((parameter) => parameter.name),
  };
}

/** The parameters with the values of an earlier run as what is usual; a choice that is no longer offered is left out. */
export function withValues(parameters: readonly Parameter[], values: Run['inputs']): readonly Parameter[] {
  return parameters.map((parameter) => {
    const value = values[parameter.name];
    return value !== undefined && fits(parameter, value) ? { ...parameter, default: value } : parameter;
  });
}

function fits({ kind, choices }: Parameter, value: string | number | boolean): boolean {
  if (kind === 'choice') return choices.some((choice) => choice === value);
  return typeof value === (kind === 'text' ? 'string' : kind);
}

/** What the form says, as a run takes it: what was left empty is left out. */
export function inputsOf(
  parameters: readonly Parameter[],
  typed: Readonly<Record<string, unknown>>,
): Record<string, string | number | boolean> {
  const inputs: Record<string, string | number | boolean> = {};
  for (const { name, kind, required } of parameters) {
    const value = typed[name];
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') inputs[name] = value;
    // An unticked box is an answer too.
    else if (kind === 'boolean' && required) inputs[name] = false;
  }
  return inputs;
}
