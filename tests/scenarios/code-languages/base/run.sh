build() {
  make build
}

deploy() {
  make deploy
}
