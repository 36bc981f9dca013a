"""What Pillow's LANCZOS makes of two small images, one of them with transparency.

    pip install pillow
    python lanczos.py

The images have smooth gradients, sharp edges that ring, and noise. Written beside this script are `opaque.png`,
`transparent.png`, and one `NAME-WIDTHxHEIGHT.png` for every size; what is transparent is laid on white first.
"""

import random

from PIL import Image

WIDTH, HEIGHT = 37, 29
SIZES = [(16, 16), (37, 10), (11, 29), (74, 58), (53, 41), (19, 64), (1, 1), (64, 3)]

random.seed(0)


def colour(x, y):
    if x < 12:
        return x * 21, y * 8, (x + y) * 5
    if x < 24:
        return tuple(255 * ((x // 3 + y // 2 + channel) % 2) for channel in range(3))
    return tuple(random.randrange(256) for _ in range(3))


def image(mode, pixel):
    made = Image.new(mode, (WIDTH, HEIGHT))
    made.putdata([pixel(x, y) for y in range(HEIGHT) for x in range(WIDTH)])
    return made


def on_white(transparent):
    white = Image.new("RGBA", transparent.size, "white")
    return Image.alpha_composite(white, transparent).convert("RGB")


opaque = image("RGB", colour)
transparent = image("RGBA", lambda x, y: (*colour(x, y), (x * 7 + y * 3) % 256))
opaque.save("opaque.png")
transparent.save("transparent.png")
for width, height in SIZES:
    for name, source in ("opaque", opaque), ("transparent", on_white(transparent)):
        source.resize((width, height), Image.Resampling.LANCZOS).save(f"{name}-{width}x{height}.png")
