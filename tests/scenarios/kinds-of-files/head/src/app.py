import os


def load(path):
    return open(path).read()


def save(path, text):
    open(path, "w").write(text)


def main():
    print(load("a"))
    print(load("b"))
    print(load("c"))
    print(load("d"))
    for name in "ef":
        print(load(name))
    print("two")
