public struct Shape {
    public func area(width: Int, height: Int) -> Double {
        return Double(width * height)
    }
}
