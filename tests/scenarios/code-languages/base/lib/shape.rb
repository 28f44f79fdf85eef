class Shape
  def area(width, height)
    width * height
  end

  def name
    "shape"
  end
end
