"""All models, a file a kind; importing them puts them into `common.MODELS`."""

import audio
import blocks
import dense_outputs
import generative
import habits
import operations
import structure
import tables
import text
import transfer
import transformers
import unknown
import varied  # noqa: F401
