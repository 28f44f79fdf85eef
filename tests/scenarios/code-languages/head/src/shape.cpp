int area(int width, int height, int unit) {
  return width * height * unit;
}
