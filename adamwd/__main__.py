"""``python -m adamwd`` is the command ``adamwd``."""

from adamwd.cli import app

if __name__ == "__main__":
    app(prog_name="adamwd")
