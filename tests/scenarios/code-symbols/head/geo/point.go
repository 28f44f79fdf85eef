package geo

// Point is a place.
type Point struct {
	X, Y float64
}

// Move returns the point moved and scaled.
func (p Point) Move(dx, dy, scale float64) Point {
	return Point{p.X + dx*scale, p.Y + dy*scale}
}
