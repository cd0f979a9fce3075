/** Whether a status is among `200-299,401`; an empty expectation takes what is below 400. */
export function statusFits(expected: string, status: number): boolean {
  return (expected === '' ? '200-399' : expected).split(',').some((part) => {
    const [from = '', to = from] = part.split('-');
    return status >= Number(from) && status <= Number(to);
  });
}
