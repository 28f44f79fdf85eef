build() {
  make all
}
