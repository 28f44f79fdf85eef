for name in ["a", "b"]:
    print(name)
print("done")
