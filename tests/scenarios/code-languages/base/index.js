export function area(width, height) {
  return width * height;
}

export const volume = (width, height, depth) => width * height * depth;
