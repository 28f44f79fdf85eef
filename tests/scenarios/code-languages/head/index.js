export function area(width, height, unit = 1) {
  return width * height * unit;
}
