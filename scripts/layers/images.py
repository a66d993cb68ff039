"""Cases of layers that prepare images and boxes, and of the layers of chance, which do nothing outside training."""


def cases(is3, one, case, keras, tf):
    L = keras.layers
    any_size = (None, None, 3)
    probes = [(2, 8, 9, 3), (2, 8, 9, 1), (8, 9, 3), (9, 3)]
    for name, options in chances(is3):
        # Equalization hands on the very tensor that it is declared for, so that a functional model does not know of it.
        make = lambda n=name, **o: keras.Sequential([L.Equalization(**o), L.Flatten()]) if n == "Equalization" else getattr(L, n)(**o)
        one(name, lambda o=options, m=make: m(**o), any_size, *probes, run=True)
        one(f"{name} of integers", lambda o=options, m=make: m(**o), (8, 9, 3), *probes[:2], dtype="uint8", run=True)
        if is3 and name not in ("MixUp", "CutMix"):
            one(f"{name} channels first", lambda o=options, m=make: m(data_format="channels_first", **o), (3, None, None), (2, 3, 8, 9), (2, 1, 8, 9), (3, 8, 9), run=True)
    sizings(L, one, is3)
    if is3:
        boxes(L, case)


def chances(is3):
    shared = [
        ("RandomFlip", {}), ("RandomRotation", dict(factor=0.1)), ("RandomZoom", dict(height_factor=0.1)), ("RandomContrast", dict(factor=0.1)),
        ("RandomBrightness", dict(factor=0.1)), ("RandomTranslation", dict(height_factor=0.1, width_factor=0.1)), ("RandomCrop", dict(height=4, width=5)),
    ]  # fmt: skip
    if not is3:
        return shared + [("RandomHeight", dict(factor=0.1)), ("RandomWidth", dict(factor=0.1))]
    return shared + [
        ("RandomHue", dict(factor=0.1)), ("RandomSaturation", dict(factor=0.1)), ("RandomSharpness", dict(factor=0.1)), ("RandomShear", dict(x_factor=0.1)),
        ("RandomColorJitter", {}), ("RandomColorDegeneration", dict(factor=0.1)), ("RandomGrayscale", {}), ("RandomInvert", {}),
        ("RandomPosterization", dict(factor=4)), ("RandomPerspective", {}), ("RandomErasing", {}), ("RandomElasticTransform", {}), ("RandomGaussianBlur", {}),
        ("RandAugment", {}), ("AugMix", {}), ("AutoContrast", {}), ("MixUp", {}), ("CutMix", {}), ("Equalization", {}), ("Solarization", {}),
        ("ContrastLimitedAdaptiveHistogramEqualization", dict(tile_grid_size=(2, 3))),
    ]  # fmt: skip


def sizings(L, one, is3):
    last, first = (None, None, 3), (3, None, None)
    at = [(2, 8, 9, 3), (2, 3, 4, 3), (2, 9, 30, 3), (8, 9, 3), (9, 3)]
    for way in ("bilinear", "nearest", "bicubic", "area", "lanczos3", "lanczos5", "gaussian", "mitchellcubic"):
        one(f"Resizing {way}", lambda w=way: L.Resizing(5, 7, interpolation=w), last, *at[:2], run=True)
    one("Resizing cropped", lambda: L.Resizing(5, 7, crop_to_aspect_ratio=True), last, *at, run=True)
    one("Resizing declared", lambda: L.Resizing(5, 7), (8, 9, 3), *at, run=True)
    one("CenterCrop declared", lambda: L.CenterCrop(5, 7), (8, 9, 3), *at, run=True)
    one("RandomCrop of other sizes", lambda: L.RandomCrop(5, 7), (8, 9, 3), *at, run=True)
    if not is3:
        return
    one("Resizing padded", lambda: L.Resizing(5, 7, pad_to_aspect_ratio=True, fill_value=1.0), last, *at, run=True)
    for name, options in (("Resizing", {}), ("Resizing", dict(crop_to_aspect_ratio=True)), ("Resizing", dict(pad_to_aspect_ratio=True)), ("CenterCrop", {}), ("RandomCrop", {})):
        tag = f"{name} {' '.join(options)} channels first"
        one(tag, lambda n=name, o=options: getattr(L, n)(5, 7, data_format="channels_first", **o), first, (2, 3, 8, 9), (2, 3, 3, 4), (3, 8, 9), run=True)


def boxes(L, case):
    shapes, probes = [(None, None, 3), (6, 4), (6,)], [(2, 8, 9, 3), (2, 6, 4), (2, 6)]

    def labelled(make):
        def build(images, boxes, labels):
            out = make()({"images": images, "bounding_boxes": {"boxes": boxes, "labels": labels}})
            return [out["images"], out["bounding_boxes"]["boxes"], out["bounding_boxes"]["labels"]]

        return build

    for name, make in {
        "MaxNumBoundingBoxes fewer": lambda: L.MaxNumBoundingBoxes(4, bounding_box_format="xyxy"),
        "MaxNumBoundingBoxes more": lambda: L.MaxNumBoundingBoxes(9, bounding_box_format="xyxy"),
        "RandomFlip boxes": lambda: L.RandomFlip(bounding_box_format="xyxy"),
    }.items():
        case(name, labelled(make), shapes, probes, [(2, 8, 9, 3), (2, 3, 4), (2, 3)])
    case("MaxNumBoundingBoxes of images alone", lambda x: L.MaxNumBoundingBoxes(4, bounding_box_format="xyxy")(x), [(None, None, 3)], [(2, 8, 9, 3)], [(9, 3)])
    case("RandomFlip images and labels", lambda x, y: list(L.RandomFlip()({"images": x, "labels": y}).values()), [(None, None, 3), (5,)], [(2, 8, 9, 3), (2, 5)])
