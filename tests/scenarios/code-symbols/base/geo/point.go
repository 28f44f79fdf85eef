package geo

// Point is a place.
type Point struct {
	X, Y float64
}

// Move returns the point moved.
func (p Point) Move(dx, dy float64) Point {
	return Point{p.X + dx, p.Y + dy}
}

func clamp(v float64) float64 { return v }
