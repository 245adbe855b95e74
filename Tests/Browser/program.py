"""Starts what the tests look at: the real program on a demo workspace, or the mock of Web/dev."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
IS_MOCK = os.environ.get("YARDSTICK_MOCK") == "1"
BINARY = os.environ.get("YARDSTICK_BINARY", str(ROOT / ".build/release/yardstick"))
START_SECONDS = 60


class Program:
    """A running server: its address, and the one-time link that creates the first account."""

    def __init__(self, arguments, folder=None):
        self.folder = folder
        self.process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT)
        self.lines = []
        self.link = self._link()
        self.url = re.match(r"http://[^/]+", self.link)[0]
        # The program must never wait for somebody to read what it prints.
        threading.Thread(target=lambda: self.lines.extend(self.process.stdout), daemon=True).start()

    def _link(self):
        timer = threading.Timer(START_SECONDS, self.process.kill)
        timer.start()
        try:
            for line in self.process.stdout:
                self.lines.append(line)
                found = re.search(r"http://\S+/setup\?token=[\w.~%+/=-]+", line)
                if found:
                    return found[0]
        finally:
            timer.cancel()
        raise RuntimeError("the program printed no set-up link:\n" + "".join(self.lines))

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)


def start():
    if IS_MOCK:
        return Program([sys.executable, str(ROOT / "Web/dev/mock.py"), "--port", "0"])
    folder = tempfile.mkdtemp(prefix="yardstick-browser-")
    demo = f"{folder}/demo"
    # A small company where the program can make one; its data ends last Sunday, so it is fresh.
    help_text = subprocess.run([BINARY, "demo", "--help"], cwd=ROOT, capture_output=True, text=True).stdout
    small = ["--people", "2000"] if "--people" in help_text else []
    subprocess.run([BINARY, "demo", demo, *small], check=True, cwd=ROOT, capture_output=True)
    return Program([BINARY, "serve", "--workspace", demo, "--port", "0"], folder)


def answers(url):
    """Whether the address answers at all; any status will do."""
    try:
        urllib.request.urlopen(url, timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True
