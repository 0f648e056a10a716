"""The import law."""

import subprocess
import sys
from pathlib import Path

from tracked import ROOT


def test_each_layer_imports_only_what_stands_below_it():
    tool = Path(sys.executable).with_name("lint-imports")

    asked = subprocess.run([tool, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True)

    assert asked.returncode == 0, asked.stdout + asked.stderr
    assert "3 kept, 0 broken" in asked.stdout
