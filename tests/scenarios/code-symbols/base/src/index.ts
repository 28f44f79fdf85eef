export enum Level { Low = 1, High = 2 }
export function format(value: number): string {
  return value.toFixed(2);
}
export { parse } from "./parse";
