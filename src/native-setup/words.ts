import { t } from "@vscode/l10n";
/** The ways to the native library for people to choose by, in the order in which they are tried: what costs least first. */
export const WAYS = {
  python: {
    title: () => t("Link to the TensorFlow of your Python"),
    needs: () => t("no download of TensorFlow; a C++ compiler; Linux on x86-64"),
  },
  download: {
    title: () => t("Download it as tfjs-node does"),
    needs: () => t("storage.googleapis.com; some 400 MB"),
  },
  wheel: {
    title: () => t("Take it from the Python package index"),
    needs: () => t("a Python with pip; a C++ compiler; Linux on x86-64; some 250 MB to download, 900 MB on disk"),
  },
} as const;

export type WayName = keyof typeof WAYS;
export const WAY_NAMES = Object.keys(WAYS) as WayName[];
