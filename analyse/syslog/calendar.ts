const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Whether there is such a day; months count from 1. */
export function isDay(year: number, month: number, day: number): boolean {
  const days =
    month === 2
      ? (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
        ? 29
        : 28
      : [4, 6, 9, 11].includes(month)
        ? 30
        : 31;
  return month >= 1 && month <= 12 && day >= 1 && day <= days;
}

/** 1 to 12 of an English month's first three letters, whatever their case; 0 for no month. */
export function monthOf(name: string): number {
  return monthNames.indexOf(name.toLowerCase()) + 1;
}

/** The year that puts a date without one nearest to now, of those in which there is such a day. */
export function nearestYear(month: number, day: number, now: Date): number {
  const around = now.getUTCFullYear();
  const years = [around, around - 1, around + 1, around - 2, around + 2, around - 3, around - 4].filter((year) =>
    isDay(year, month, day),
  );
  const distance = (year: number): number => Math.abs(Date.UTC(year, month - 1, day, 12) - now.getTime());
  return years.toSorted((a, b) => distance(a) - distance(b))[0] ?? around;
}
