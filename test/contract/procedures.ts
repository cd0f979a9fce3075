import { ContractProcedure } from '@orpc/contract';
import { z } from 'zod';
import { api } from '#contract/api.ts';
import { mayDo, permissions, type Permission, type Role } from '#contract/permission.ts';

/** One request of the contract, as far as a hostile client needs to know it. */
export interface Procedure {
  /** Such as `desk.tickets.resolve`. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly permission: Permission;
  readonly changes: boolean;
  /** Its own refusals. */
  readonly refusals: readonly string[];
  /** JSON Schema of what it takes, as a client may send it. */
  readonly input: JsonSchema;
}

/** The part of JSON Schema that zod writes. */
export interface JsonSchema {
  readonly type?: string | undefined;
  readonly const?: unknown;
  readonly enum?: readonly unknown[] | undefined;
  readonly anyOf?: readonly JsonSchema[] | undefined;
  readonly oneOf?: readonly JsonSchema[] | undefined;
  readonly allOf?: readonly JsonSchema[] | undefined;
  readonly format?: string | undefined;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  /** Of a list; `false` where `prefixItems` say it all. */
  readonly items?: JsonSchema | false | undefined;
  readonly prefixItems?: readonly JsonSchema[] | undefined;
  readonly minItems?: number | undefined;
  readonly properties?: Readonly<Record<string, JsonSchema>> | undefined;
  readonly required?: readonly string[] | undefined;
}

const jsonSchema: z.ZodType<JsonSchema> = z.lazy(() =>
  z.object({
    type: z.string().optional(),
    const: z.unknown().optional(),
    enum: z.array(z.unknown()).optional(),
    anyOf: z.array(jsonSchema).optional(),
    oneOf: z.array(jsonSchema).optional(),
    allOf: z.array(jsonSchema).optional(),
    format: z.string().optional(),
    minLength: z.number().optional(),
    maxLength: z.number().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    items: z.union([z.literal(false), jsonSchema]).optional(),
    prefixItems: z.array(jsonSchema).optional(),
    minItems: z.number().optional(),
    properties: z.record(z.string(), jsonSchema).optional(),
    required: z.array(z.string()).optional(),
  }),
);

const meta = z.object({
  permission: z.enum(permissions),
  changes: z.boolean(),
  refusals: z.array(z.string()),
});

function describe(name: string, procedure: object): Procedure {
  const definition: unknown = Reflect.get(procedure, '~orpc');
  const {
    route,
    inputSchema,
    meta: about,
  } = z
    .object({
      route: z.object({ method: z.string(), path: z.string() }),
      inputSchema: z.instanceof(z.ZodType),
      meta,
    })
    .parse(definition);
  const input = jsonSchema.parse(
    z.toJSONSchema(inputSchema, { io: 'input', unrepresentable: 'any', reused: 'inline' }),
  );
  return { name, ...route, ...about, input };
}

function walk(part: object, names: readonly string[]): Procedure[] {
  if (part instanceof ContractProcedure) return [describe(names.join('.'), part)];
  return Object.entries(part).flatMap(([name, inner]: [string, unknown]) =>
    inner !== null && typeof inner === 'object' ? walk(inner, [...names, name]) : [],
  );
}

/** Every request of the contract, found by walking it: a new one is here by itself. */
export const procedures: readonly Procedure[] = walk(api, []);

/** Whether somebody of that role may send it; null is nobody. */
export function mayAsk(role: Role | null, procedure: Procedure): boolean {
  return mayDo(role, procedure.permission);
}
