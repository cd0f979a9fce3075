// Loaded before dependency-cruiser: swc's own visitor throws at `using` declarations, which Node runs and this house uses.
// @ts-check
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
/** @type {any} */
const visitor = require('@swc/core/Visitor.js').Visitor.prototype;
const visitStatement = visitor.visitStatement;

/** @this {any} @param {any} statement */
visitor.visitStatement = function visitStatementOrUsing(statement) {
  if (statement.type !== 'UsingDeclaration') return visitStatement.call(this, statement);
  statement.decls = this.visitVariableDeclarators(statement.decls);
  return statement;
};
