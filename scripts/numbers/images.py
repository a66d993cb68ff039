"""Asks real Keras what `keras.utils.load_img` makes of image files: of each kind that Pillow writes, in each colour mode and in sizes that
need nearest neighbours. Writes the files (test/images/files) and what came out (test/images/answers.json: a hash of the pixels each).

    python scripts/numbers/images.py

Needs keras and Pillow.
"""

import hashlib
import json
import os
import pathlib
import struct
import zlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras
import numpy as np
import PIL
from PIL import Image

HERE = pathlib.Path(__file__).resolve().parents[2] / "test" / "images"
WIDTH, HEIGHT = 37, 23
MODES = ["grayscale", "rgb", "rgba"]
# Height and width; None: as the file has them.
SIZES = [None, (23, 37), (10, 16), (64, 48), (7, 90), (1, 1)]


def scene():
    """A picture with slopes, edges and noise, the same each time."""
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
    colours = np.stack([rows * 255 / HEIGHT, columns * 255 / WIDTH, (rows * columns) % 256], -1)
    colours[5:12, 8:20] = [250, 20, 40]
    noise = np.random.default_rng(7).integers(-30, 30, colours.shape)
    return np.clip(colours + noise, 0, 255).astype("uint8")


def transparency():
    return ((np.arange(HEIGHT * WIDTH).reshape(HEIGHT, WIDTH) * 7) % 256).astype("uint8")


# Where each pass of an interlaced PNG begins and how far it steps: rows, columns.
PASSES = [((0, 8), (0, 8)), ((0, 8), (4, 8)), ((4, 8), (0, 4)), ((0, 4), (2, 4)), ((2, 4), (0, 2)), ((0, 2), (1, 2)), ((1, 2), (0, 1))]


def png(width, height, depth, colour, rows, chunks=(), interlace=0):
    """A PNG that Pillow does not write by itself; `rows` are packed bytes."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace)
    lines = b"".join(b"\0" + row for row in rows)
    parts = [chunk(b"IHDR", header), *[chunk(kind, body) for kind, body in chunks], chunk(b"IDAT", zlib.compress(lines)), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def packed(values, depth):
    """Rows of small numbers, several to a byte."""
    bits = np.unpackbits(values.astype("uint8")[..., None], axis=-1)[..., 8 - depth :]
    return [np.packbits(row.reshape(-1)).tobytes() for row in bits]


def pngs():
    rgb, alpha = scene(), transparency()
    gray = rgb[..., 0]
    image = Image.fromarray(rgb)
    both = np.dstack([rgb, alpha])
    palette = image.quantize(64)
    yield "rgb.png", lambda path: image.save(path)
    yield "rgba.png", lambda path: Image.fromarray(both).save(path)
    yield "gray.png", lambda path: Image.fromarray(gray).save(path)
    yield "gray-alpha.png", lambda path: Image.fromarray(np.dstack([gray, alpha])).save(path)
    yield "one-bit.png", lambda path: image.convert("1").save(path)
    yield "palette.png", lambda path: palette.save(path)
    yield "palette-16.png", lambda path: image.quantize(16).save(path)
    yield "palette-2.png", lambda path: image.quantize(2).save(path)
    yield "palette-clear.png", lambda path: palette.save(path, transparency=5)
    yield "palette-alphas.png", lambda path: palette.save(path, transparency=bytes(range(0, 256, 8)))
    yield "rgb-clear.png", lambda path: image.save(path, transparency=tuple(map(int, rgb[3, 3])))
    yield "gray-clear.png", lambda path: Image.fromarray(gray).save(path, transparency=int(gray[3, 3]))
    wide = (rgb.astype("uint16") << 8) | alpha[..., None]
    for name, colour, values in [
        ("gray-16.png", 0, wide[..., :1]),
        ("rgb-16.png", 2, wide),
        ("gray-alpha-16.png", 4, wide[..., :2]),
        ("rgba-16.png", 6, np.dstack([wide, wide[..., 0]])),
    ]:
        yield name, lambda path, colour=colour, values=values: path.write_bytes(
            png(WIDTH, HEIGHT, 16, colour, [row.astype(">u2").tobytes() for row in values])
        )
    passes = [rgb[top::down, left::right] for (top, down), (left, right) in PASSES]
    yield "interlaced.png", lambda path: path.write_bytes(
        png(WIDTH, HEIGHT, 8, 2, [row.tobytes() for part in passes for row in part], interlace=1)
    )
    small = (gray >> 4).astype("uint16")
    yield "gray-16-dark.png", lambda path: path.write_bytes(png(WIDTH, HEIGHT, 16, 0, [row.astype(">u2").tobytes() for row in small * 20]))
    for depth in (2, 4):
        yield f"gray-{depth}.png", lambda path, depth=depth: path.write_bytes(
            png(WIDTH, HEIGHT, depth, 0, packed(gray >> (8 - depth), depth))
        )
    clear = lambda *key: [(b"tRNS", struct.pack(f">{len(key)}H", *map(int, key)))]
    yield "gray-4-clear.png", lambda path: path.write_bytes(png(WIDTH, HEIGHT, 4, 0, packed(gray >> 4, 4), clear(3)))
    yield "gray-2-black-clear.png", lambda path: path.write_bytes(png(WIDTH, HEIGHT, 2, 0, packed(gray >> 6, 2), clear(0)))
    rows = [row.astype(">u2").tobytes() for row in wide[..., :1]]
    yield "gray-16-clear.png", lambda path: path.write_bytes(png(WIDTH, HEIGHT, 16, 0, rows, clear(*wide[3, 3, :1])))
    few = small[..., None] * np.array([3, 2, 1], "uint16") + (np.arange(3, dtype="uint16") << 8)
    rows_of_few = [row.astype(">u2").tobytes() for row in few]
    yield "rgb-16-clear.png", lambda path: path.write_bytes(png(WIDTH, HEIGHT, 16, 2, rows_of_few, clear(*few[3, 3])))


def others():
    rgb, alpha = scene(), transparency()
    image = Image.fromarray(rgb)
    gray = Image.fromarray(rgb[..., 0])
    for subsampling, name in [(0, "444"), (1, "422"), (2, "420")]:
        yield f"rgb-{name}.jpg", lambda path, s=subsampling: image.save(path, quality=85, subsampling=s)
    yield "progressive.jpg", lambda path: image.save(path, quality=70, progressive=True)
    yield "coarse.jpg", lambda path: image.save(path, quality=10)
    yield "gray.jpg", lambda path: gray.save(path, quality=80)
    yield "gray-progressive.jpg", lambda path: gray.save(path, quality=80, progressive=True)
    exif = Image.Exif()
    exif[0x0112] = 6
    yield "turned.jpg", lambda path: image.save(path, exif=exif)
    yield "rgb-24.bmp", lambda path: image.save(path)
    yield "gray-8.bmp", lambda path: gray.save(path)
    yield "palette-8.bmp", lambda path: image.quantize(64).save(path)
    yield "one-bit.bmp", lambda path: image.convert("1").save(path)
    yield "rgba-32.bmp", lambda path: Image.fromarray(np.dstack([rgb, alpha])).save(path)
    # Headers that other programs write: top down, and with opacity.
    body = np.dstack([rgb[..., ::-1], alpha]).tobytes()
    top_down = struct.pack("<IiiHHIIiiII", 40, WIDTH, -HEIGHT, 1, 32, 0, 0, 0, 0, 0, 0)
    with_opacity = struct.pack("<IiiHHIIiiIIIIII", 108, WIDTH, -HEIGHT, 1, 32, 3, 0, 0, 0, 0, 0, 0xFF0000, 0xFF00, 0xFF, 0xFF000000) + bytes(48)
    for name, header in [("top-down.bmp", top_down), ("with-opacity.bmp", with_opacity)]:
        offset = 14 + len(header)
        start = b"BM" + struct.pack("<IHHI", offset + len(body), 0, 0, offset)
        yield name, lambda path, whole=start + header + body: path.write_bytes(whole)
    yield "palette.gif", lambda path: image.quantize(64).save(path)
    yield "gray.gif", lambda path: gray.save(path)
    yield "clear.gif", lambda path: image.quantize(64).save(path, transparency=7)
    yield "interlaced.gif", lambda path: image.quantize(16).save(path, interlace=1)
    second = Image.fromarray(255 - rgb).quantize(64)
    yield "two-frames.gif", lambda path: image.quantize(64).save(path, save_all=True, append_images=[second])
    yield "exact.webp", lambda path: image.save(path, lossless=True)
    yield "exact-alpha.webp", lambda path: Image.fromarray(np.dstack([rgb, alpha])).save(path, lossless=True, exact=True)
    yield "lossy.webp", lambda path: image.save(path, quality=80)
    yield "lossy-alpha.webp", lambda path: Image.fromarray(np.dstack([rgb, alpha])).save(path, quality=80)


def answer(path, mode, size):
    pixels = keras.utils.img_to_array(keras.utils.load_img(path, color_mode=mode, target_size=size))
    digest = hashlib.sha256(pixels.astype("<f4").tobytes()).hexdigest()[:24]
    return {"mode": mode, "size": size, "shape": list(pixels.shape), "hash": digest, "max": float(pixels.max())}


def main():
    files = HERE / "files"
    files.mkdir(parents=True, exist_ok=True)
    answers = {}
    for name, write in [*pngs(), *others()]:
        path = files / name
        write(path)
        answers[name] = [answer(str(path), mode, size) for mode in MODES for size in SIZES]
    lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(rows)}" for name, rows in answers.items())
    asked = json.dumps(f"keras {keras.__version__}, Pillow {PIL.__version__}")
    (HERE / "answers.json").write_text(f'{{\n  "asked": {asked},\n  "files": {{\n{lines}\n  }}\n}}\n')


if __name__ == "__main__":
    main()
