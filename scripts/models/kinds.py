"""All models, a file a kind; importing them puts them into `common.MODELS`."""

import vision  # noqa: F401
