import { describe, expect, it } from 'vitest';
import { fieldsOf, formToValue, valueToForm } from '#web/ui/form/fields.ts';
import { problemsOf } from '#web/ui/form/problems.ts';
import { inputsOf, parametersSchema, withValues } from './parameters-schema.ts';

type Parameter = Parameters<typeof parametersSchema>[0][number];

function parameter(name: string, given: Partial<Parameter>): Parameter {
  return { name, label: name, kind: 'text', choices: [], required: true, default: null, ...given };
}

const parameters = [
  parameter('queue', { kind: 'choice', choices: ['active', 'deferred'], default: 'deferred' }),
  parameter('limit', { kind: 'number' }),
  parameter('note', { required: false }),
  parameter('dry', { kind: 'boolean' }),
];
const fields = fieldsOf(parametersSchema(parameters));

describe('the form of a runbook’s parameters', () => {
  it('starts with the usual values and asks for what is needed', () => {
    const values = valueToForm(fields, {});
    expect(values['queue']).toBe('deferred');
    expect([...problemsOf(fields, values).keys()]).toEqual(['limit']);
  });

  it('sends numbers as numbers, leaves out what is empty, and an unticked box as no', () => {
    const values = { ...valueToForm(fields, {}), limit: '2,5' };
    expect(inputsOf(parameters, formToValue(fields, values))).toEqual({ queue: 'deferred', limit: 2.5, dry: false });
  });

  it('takes the values of an earlier run again, but no choice that is no longer offered', () => {
    const again = withValues(parameters, { queue: 'held', limit: 40, note: 'x', dry: true, gone: 'y' });
    const values = formToValue(fields, valueToForm(fieldsOf(parametersSchema(again)), {}));
    expect(values).toEqual({ queue: 'deferred', limit: 40, note: 'x', dry: true });
  });
});
