def wait(n):
    return min(n, 60)
