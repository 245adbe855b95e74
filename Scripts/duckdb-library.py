"""Makes a plain shared library out of the Python extension module in a DuckDB wheel.

The module exports DuckDB's whole C interface. All that ties it to Python are about two
hundred functions it expects the interpreter to provide; they are used by the Python side
only. A symbol that is *undefined and weak* is allowed to stay missing, so this marks those
symbols weak (one byte each in the table of dynamic symbols) and changes nothing else.

Usage: duckdb-library.py WHEEL LIBRARY
"""

import struct
import sys
import zipfile

SECTION_IS_DYNAMIC_SYMBOLS = 11
UNDEFINED_SECTION = 0
BINDING_GLOBAL = 1
BINDING_WEAK = 2


def extension_module(wheel):
    """The bytes of the one compiled module in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        names = [
            name
            for name in archive.namelist()
            if name.rsplit("/", 1)[-1].startswith("_duckdb") and name.endswith(".so")
        ]
        if len(names) != 1:
            sys.exit(f"{wheel}: expected one compiled module, found {names or 'none'}")
        return bytearray(archive.read(names[0]))


def section_headers(image):
    """(type, offset, size, linked section, entry size) of each section of an ELF file."""
    if image[:6] != b"\x7fELF\x02\x01":
        sys.exit("the module is not a 64-bit little-endian ELF file")
    (table,) = struct.unpack_from("<Q", image, 0x28)
    entry_size, count = struct.unpack_from("<HH", image, 0x3A)
    for index in range(count):
        header = struct.unpack_from("<IIQQQQIIQQ", image, table + index * entry_size)
        yield header[1], header[4], header[5], header[6], header[9]


def weaken_python_symbols(image):
    """Marks undefined symbols of the interpreter weak, in place; returns how many."""
    sections = list(section_headers(image))
    weakened = 0
    for kind, offset, size, linked, entry_size in sections:
        if kind != SECTION_IS_DYNAMIC_SYMBOLS:
            continue
        names = sections[linked][1]
        for entry in range(offset, offset + size, entry_size):
            name_offset, info, _, section = struct.unpack_from("<IBBH", image, entry)
            if section != UNDEFINED_SECTION or info >> 4 != BINDING_GLOBAL:
                continue
            start = names + name_offset
            name = bytes(image[start : image.index(0, start)])
            if name.startswith((b"Py", b"_Py")):
                image[entry + 4] = BINDING_WEAK << 4 | info & 0xF
                weakened += 1
    return weakened


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    wheel, library = sys.argv[1:]
    image = extension_module(wheel)
    if weaken_python_symbols(image) == 0:
        sys.exit("the module needs no symbol of Python: has DuckDB's packaging changed?")
    with open(library, "wb") as output:
        output.write(image)


main()
