class Shape
  def area(width, height, unit: 1)
    width * height * unit
  end
end
