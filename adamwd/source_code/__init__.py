"""From a setting to a script that runs it: for PyTorch, MindSpore and NumPy."""

from adamwd.source_code.script import FRAMEWORKS, NothingToRun, script

__all__ = ["FRAMEWORKS", "NothingToRun", "script"]
