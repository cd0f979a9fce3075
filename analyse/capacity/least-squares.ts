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

/** Products of columns that many fits have in common, each reckoned once. */
export class ColumnProducts {
  private readonly numbers = new Map<Float64Array, number>();
  private readonly known = new Map<number, number>();
  private copy = new Float64Array(0);

  /** The inner product of two columns. */
  of(left: Float64Array, right: Float64Array): number {
    const [a, b] = [this.numberOf(left), this.numberOf(right)];
    const pair = a < b ? a * 65_536 + b : b * 65_536 + a;
    const known = this.known.get(pair);
    if (known !== undefined) return known;
    const product = dot(left, right);
    this.known.set(pair, product);
    return product;
  }

  /** A copy of values that is good until the next is asked for. */
  copyOf(values: Float64Array): Float64Array {
    if (this.copy.length !== values.length) this.copy = new Float64Array(values.length);
    this.copy.set(values);
    return this.copy;
  }

  private numberOf(column: Float64Array): number {
    const known = this.numbers.get(column);
    if (known !== undefined) return known;
    this.numbers.set(column, this.numbers.size);
    return this.numbers.size - 1;
  }
}

/**
 * Ordinary least squares by the normal equations and Cholesky's decomposition: columns are few (six at most) and scaled by
 * their own length first, so that the normal matrix stays well conditioned. Null when columns depend on each other.
 */
export function fitColumns(
  columns: readonly Float64Array[],
  values: Float64Array,
  products: ColumnProducts,
): Fit | null {
  const lengths = columns.map((column) => Math.sqrt(products.of(column, column)));
  if (lengths.some((length) => !(length > 0))) return null;
  const width = columns.length;
  const normal = columns.map((left, i) =>
    columns.slice(0, i + 1).map((right, j) => products.of(left, right) / ((lengths[i] ?? 1) * (lengths[j] ?? 1))),
  );
  const triangle = decompose(normal);
  if (triangle === null) return null;
  const right = columns.map((column, i) => products.of(column, values) / (lengths[i] ?? 1));
  const scaled = backward(triangle, forward(triangle, right));
  const factors = scaled.map((factor, i) => factor / (lengths[i] ?? 1));
  const left = products.copyOf(values);
  for (let column = 0; column < width; column += 1) subtract(left, columns[column] ?? left, factors[column] ?? 0);
  const residualSum = dot(left, left);
  let product = 0;
  for (let row = 1; row < left.length; row += 1) product += (left[row] ?? 0) * (left[row - 1] ?? 0);
  const likeness = residualSum > 0 ? Math.max(0, Math.min(0.99, product / residualSum)) : 0;
  return {
    factors,
    residualSum,
    likeness,
    triangle: triangle.map((row, i) => row.map((each) => each * (lengths[i] ?? 1))),
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
