public struct Shape {
    public func area(width: Int, height: Int) -> Int {
        return width * height
    }

    public func name() -> String {
        return "shape"
    }
}
