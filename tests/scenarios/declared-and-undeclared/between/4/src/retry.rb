def wait(n)
  [n, 60].min
end
