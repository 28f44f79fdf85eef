static int count(int *items) {
  return items[1];
}
