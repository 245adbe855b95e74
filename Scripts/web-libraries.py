"""Takes ECharts and Lucide's icons out of the wheels that carry them.

The wheels are read as archives; nothing of them is imported or run.

Usage: web-libraries.py FOLDER_OF_WHEELS FOLDER_OF_RESULTS
"""

import pathlib
import re
import sys
import zipfile

# The wheel's build drops the comment that ECharts' licence asks to keep.
ECHARTS_NOTICE = """\
/*! Apache ECharts 6.1.0, Copyright 2017-2026 The Apache Software Foundation, Apache-2.0;
 * with ZRender, Copyright 2017 Baidu Inc., BSD-3-Clause. See THIRD_PARTY_NOTICES.md. */
"""
ECHARTS_FOLDER = "nicegui/elements/echart/dist/"
ICONS = "lucide/data/lucide-icons.db"

# File names in the wheel carry a hash of their content.
HASHED_FILE = r"\./index-[A-Za-z0-9_-]+\.js"


def open_wheel(folder, project):
    wheels = list(folder.glob(f"{project}-*.whl"))
    if len(wheels) != 1:
        sys.exit(f"{folder}: expected one wheel of {project}, found {len(wheels)}")
    return zipfile.ZipFile(wheels[0])


def without_source_map(text):
    return re.sub(r"\n//# sourceMappingURL=.*", "", text)


def extract_echarts(archive, folder):
    """Writes `index.js`, which exports `echarts`, and the engine beside it."""
    index = archive.read(ECHARTS_FOLDER + "index.js").decode()
    engine_file = re.search(HASHED_FILE, index)
    if engine_file is None:
        sys.exit("nicegui: the chart module no longer imports one engine file")
    engine = archive.read(ECHARTS_FOLDER + engine_file[0].removeprefix("./")).decode()

    # The engine can load an extension for 3-D charts; we have none of those.
    extension = r'import\("' + HASHED_FILE + r'"\)'
    engine = re.sub(extension, 'Promise.reject(new Error("no 3-D charts"))', engine)
    if re.search(HASHED_FILE, engine):
        sys.exit("nicegui: the chart engine imports a file we do not know")

    index = index.replace(engine_file[0], "./echarts.js")
    (folder / "index.js").write_text(without_source_map(index))
    (folder / "echarts.js").write_text(ECHARTS_NOTICE + without_source_map(engine))


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    wheels, results = map(pathlib.Path, sys.argv[1:])
    (results / "echarts").mkdir(parents=True)
    with open_wheel(wheels, "nicegui") as archive:
        extract_echarts(archive, results / "echarts")
    with open_wheel(wheels, "python_lucide") as archive:
        (results / "lucide-icons.db").write_bytes(archive.read(ICONS))


main()
