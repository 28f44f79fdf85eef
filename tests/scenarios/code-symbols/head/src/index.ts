export enum Level { Low = 1, High = 3 }
export function format(value: number, digits?: number): string {
  return value.toFixed(digits ?? 2);
}
