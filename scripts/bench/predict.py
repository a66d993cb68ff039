"""What Keras's own `predict` takes: for each line on standard input the fastest of so many runs, in milliseconds, on standard output.

    python predict.py MobileNetV2
"""
import os
import sys
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras  # noqa: E402
import numpy as np  # noqa: E402

model = getattr(keras.applications, sys.argv[1])(weights=None)
shape = (1, *model.inputs[0].shape[1:])
ramp = (np.arange(np.prod(shape)) % 256 / 255).astype("float32").reshape(shape)
model.predict(ramp, verbose=0)
for line in sys.stdin:
    times = []
    for _ in range(int(line)):
        begun = time.perf_counter()
        model.predict(ramp, verbose=0)
        times.append(time.perf_counter() - begun)
    print(min(times) * 1000, flush=True)
