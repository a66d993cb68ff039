"""Cases of layers that turn sound into spectrograms."""


def cases(is3, one, case, keras, tf):
    if not is3:
        return
    L = keras.layers
    for mode in ("log", "magnitude", "psd", "real", "imag", "angle", "stft"):
        for padding in ("valid", "same"):
            for layout in ("channels_last", "channels_first"):
                for expand in (False, True):
                    shape = (None, 2) if layout == "channels_last" else (2, None)
                    full = lambda n, c=2, l=layout: (3, n, c) if l == "channels_last" else (3, c, n)
                    kw = dict(mode=mode, frame_length=16, frame_step=5, padding=padding, data_format=layout, expand_dims=expand)
                    tag = f"STFTSpectrogram {mode} {padding} {layout} {'expanded' if expand else 'flat'}"
                    one(tag, lambda kw=kw: L.STFTSpectrogram(**kw), shape, full(100), full(16), full(15), full(100, 1), (3, 100), run=layout == "channels_last")
    one("STFTSpectrogram declared length", lambda: L.STFTSpectrogram(), (1000, 1), (1, 1000, 1), (1, 900, 1))
    one("STFTSpectrogram long Fourier", lambda: L.STFTSpectrogram(frame_length=100, fft_length=200, expand_dims=True), (None, 1), (1, 1000, 1))
    one("STFTSpectrogram of integers", lambda: L.STFTSpectrogram(), (None, 1), (1, 1000, 1), dtype="int32")
    one("MelSpectrogram of integers", lambda: L.MelSpectrogram(), (None,), (1, 4000), dtype="int32", run=True)
    one("STFTSpectrogram odd frames", lambda: L.STFTSpectrogram(frame_length=100, frame_step=33), (None, 1), (1, 1000, 1))
    one("STFTSpectrogram before Conv2D", lambda: lambda x: L.Conv2D(4, 3)(L.STFTSpectrogram(frame_length=16, expand_dims=True)(x)), (200, 1), (1, 200, 1))
    one("MelSpectrogram", lambda: L.MelSpectrogram(), (16000,), (2, 16000), (2, 4000), (2, 1025), (2, 1024), run=True)
    one("MelSpectrogram open", lambda: L.MelSpectrogram(fft_length=256, sequence_stride=64, num_mel_bins=20), (None,), (2, 1000), (2, 129), (2, 128), (2, 3, 1000), (200,), run=True)
    one("MelSpectrogram short sequence", lambda: L.MelSpectrogram(fft_length=256, sequence_stride=60, sequence_length=100, power_to_db=False), (None,), (2, 1000), (2, 999), run=True)
    one("MelSpectrogram channels", lambda: L.MelSpectrogram(fft_length=256, sequence_stride=64, num_mel_bins=20), (2, None), (3, 2, 1000), run=True)
    one("MelSpectrogram odd", lambda: L.MelSpectrogram(fft_length=255, sequence_stride=64, num_mel_bins=20, window="hamming"), (None,), (2, 1000), (2, 127), (2, 128), run=True)
    one("MelSpectrogram before Conv2D", lambda: lambda x: L.Conv2D(4, 3)(L.Reshape((128, 32, 1))(L.MelSpectrogram()(x))), (16000,), (2, 16000), run=True)
