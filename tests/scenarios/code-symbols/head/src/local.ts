export function helper(name: string) {
  return name.trim();
}
