export function helper(name: string) {
  return name;
}
export const unused = 1;
