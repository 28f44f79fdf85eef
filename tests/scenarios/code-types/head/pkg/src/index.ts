export function price(id: number): number {
  return table[id];
}

export function label(id: string | number): string {
  return names[id];
}
