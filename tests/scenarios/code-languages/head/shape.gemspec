Gem::Specification.new { |spec| spec.name = "shape" }
