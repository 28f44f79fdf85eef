class Shape {
    fun area(width: Int, height: Int): Double {
        return (width * height).toDouble()
    }
}
