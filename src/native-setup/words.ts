/** The ways to the native library for people to choose by, in the order in which they are tried: what costs least first. */
export const WAYS = {
  python: {
    title: "Link to the TensorFlow of your Python",
    needs: "no download of TensorFlow; a C++ compiler; Linux on x86-64",
  },
  download: {
    title: "Download it as tfjs-node does",
    needs: "storage.googleapis.com; some 400 MB",
  },
  wheel: {
    title: "Take it from the Python package index",
    needs: "a Python with pip; a C++ compiler; Linux on x86-64; some 250 MB to download, 900 MB on disk",
  },
} as const;

export type WayName = keyof typeof WAYS;
export const WAY_NAMES = Object.keys(WAYS) as WayName[];
