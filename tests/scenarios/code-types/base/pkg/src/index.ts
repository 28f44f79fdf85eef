export function price(id: string): number {
  return table[id];
}

export function label(id: string): string {
  return names[id];
}
