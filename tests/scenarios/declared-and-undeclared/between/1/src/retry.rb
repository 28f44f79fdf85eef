def wait(n)
  n
end
