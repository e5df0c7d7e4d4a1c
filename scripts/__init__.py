"""Build steps: each makes one thing from others, and has `--check`. They hold no mathematics."""
