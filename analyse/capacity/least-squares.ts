/** What a straight fit of columns to values found. */
export interface Fit {
  /** One factor for each column. */
  readonly factors: readonly number[];
  /** Sum of squared residuals. */
  readonly residualSum: number;
  /** How much each residual is like the one before it (autocorrelation at lag one), from 0 to 0.99. */
  readonly likeness: number;
  /** Lower triangle L of the normal matrix, `X'X = L L'`, row by row: what sampling of the factors needs. */
  readonly triangle: readonly (readonly number[])[];
}

/** A column that many fits have in common: its products with others are reckoned once. */
export class Column {
  readonly values: Float64Array;
  /** Its length as a vector. */
  readonly length: number;
  /** Tells it from the other columns of the same fits. */
  private readonly number: number;
  /** Products with columns of the same or a smaller number. */
  private readonly products: (number | undefined)[] = [];

  /** @param number how many columns were made before it. */
  constructor(number: number, values: Float64Array) {
    this.number = number;
    this.values = values;
    this.length = Math.sqrt(this.times(this));
  }

  /** The inner product with another column. */
  times(other: Column): number {
    return other.number > this.number ? other.product(this) : this.product(other);
  }

  private product(earlier: Column): number {
    return (this.products[earlier.number] ??= dot(this.values, earlier.values));
  }
}

/**
 * Ordinary least squares by the normal equations and Cholesky's decomposition: columns are few (six at most) and scaled by
 * their own length first, so that the normal matrix stays well conditioned. Null when columns depend on each other.
 * @param room as long as the columns; what is left of the values is written there.
 */
export function fitColumns(columns: readonly Column[], values: Column, room: Float64Array): Fit | null {
  if (columns.some(({ length }) => !(length > 0))) return null;
  const normal = columns.map((left, i) => {
    const row: number[] = [];
    for (let j = 0; j <= i; j += 1) {
      const right = columns[j] ?? left;
      row.push(left.times(right) / (left.length * right.length));
    }
    return row;
  });
  const triangle = decompose(normal);
  if (triangle === null) return null;
  const right = columns.map((column) => column.times(values) / column.length);
  const scaled = backward(triangle, forward(triangle, right));
  const factors = scaled.map((factor, i) => factor / (columns[i]?.length ?? 1));
  room.set(values.values);
  for (const [at, column] of columns.entries()) subtract(room, column.values, factors[at] ?? 0);
  let [residualSum, product, before] = [0, 0, 0];
  for (let row = 0; row < room.length; row += 1) {
    const left = room[row] ?? 0;
    residualSum += left * left;
    product += left * before;
    before = left;
  }
  const likeness = residualSum > 0 ? Math.max(0, Math.min(0.99, product / residualSum)) : 0;
  return {
    factors,
    residualSum,
    likeness,
    triangle: triangle.map((row, i) => row.map((each) => each * (columns[i]?.length ?? 1))),
  };
}

/** Factors drawn from what the data leave open: `deviation` is that of one residual, `normals` are independent draws. */
export function drawFactors(fit: Fit, deviation: number, normals: readonly number[]): number[] {
  const off = backward(fit.triangle, normals);
  return fit.factors.map((factor, i) => factor + deviation * (off[i] ?? 0));
}

function subtract(from: Float64Array, column: Float64Array, times: number): void {
  for (let i = 0; i < from.length; i += 1) from[i] = (from[i] ?? 0) - times * (column[i] ?? 0);
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < left.length; i += 1) sum += (left[i] ?? 0) * (right[i] ?? 0);
  return sum;
}

function decompose(matrix: readonly (readonly number[])[]): number[][] | null {
  const triangle: number[][] = [];
  for (const [i, line] of matrix.entries()) {
    const row: number[] = [];
    for (let j = 0; j <= i; j += 1) {
      let rest = line[j] ?? 0;
      for (let k = 0; k < j; k += 1) rest -= (row[k] ?? 0) * (j === i ? (row[k] ?? 0) : (triangle[j]?.[k] ?? 0));
      if (j < i) row.push(rest / (triangle[j]?.[j] ?? 1));
      else if (rest > 1e-10) row.push(Math.sqrt(rest));
      else return null;
    }
    triangle.push(row);
  }
  return triangle;
}

function forward(triangle: readonly (readonly number[])[], right: readonly number[]): number[] {
  const found: number[] = [];
  for (const [i, row] of triangle.entries()) {
    let rest = right[i] ?? 0;
    for (let k = 0; k < i; k += 1) rest -= (row[k] ?? 0) * (found[k] ?? 0);
    found.push(rest / (row[i] ?? 1));
  }
  return found;
}

/** Solves `L' x = right`. */
function backward(triangle: readonly (readonly number[])[], right: readonly number[]): number[] {
  const found = right.map(() => 0);
  for (let i = triangle.length - 1; i >= 0; i -= 1) {
    let rest = right[i] ?? 0;
    for (let k = i + 1; k < triangle.length; k += 1) rest -= (triangle[k]?.[i] ?? 0) * (found[k] ?? 0);
    found[i] = rest / (triangle[i]?.[i] ?? 1);
  }
  return found;
}
