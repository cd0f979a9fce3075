import type { ContractProcedure, InferSchemaInput, InferSchemaOutput } from '@orpc/contract';
import type { Caller } from './caller.ts';

/** One request's code: gets the parsed input and who asks, returns what the contract promises. */
export type Handler<Input, Output> = (input: Input, caller: Caller, signal: AbortSignal) => Promise<Output>;

/** The tree of handlers that answers a tree of the contract, request by request, under the same names. */
export type Handlers<Contract> = {
  readonly [Key in keyof Contract]: Contract[Key] extends ContractProcedure<
    infer Input,
    infer Output,
    infer _Errors,
    infer _Meta
  >
    ? Handler<InferSchemaOutput<Input>, InferSchemaInput<Output>>
    : Handlers<Contract[Key]>;
};
