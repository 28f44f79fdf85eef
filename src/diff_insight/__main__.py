"""Runs the command as `python -m diff_insight`."""

from diff_insight.cli.main import run

if __name__ == "__main__":
    run()
