"""The pure parts of the web app (numbers, dates, chart specs), run by Node without a browser."""

import subprocess

import program
import pytest

FILES = sorted(file.name for file in (program.ROOT / "Web/test").glob("*.test.ts"))


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Auckland"])
def test_the_pure_parts_hold(file, zone, tmp_path):
    bundle = tmp_path / "test.cjs"
    subprocess.run(
        ["esbuild", f"Web/test/{file}", "--bundle", "--platform=node", "--format=cjs", "--jsx=automatic", f"--outfile={bundle}", "--log-level=error"],
        cwd=program.ROOT, env={"NODE_PATH": "/usr/share/nodejs", "PATH": "/usr/bin:/bin"}, check=True)
    ran = subprocess.run(["node", str(bundle)], env={"TZ": zone, "PATH": "/usr/bin:/bin"}, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert "passed" in ran.stdout
