/** How much of each pixel of a line goes into each pixel of a line of another length: a row a new pixel. */
export type Mixing = (from: number, to: number) => Float32Array[];

/** A weight by the distance of two pixels, and the distance beyond which it is 0. */
interface Kernel {
  radius: number;
  weight(distance: number): number;
}

const lanczos = (radius: number): Kernel => ({
  radius,
  weight(x) {
    const turn = Math.PI * x;
    return Math.abs(x) < 1e-3 ? 1 : (radius * Math.sin(turn) * Math.sin(turn / radius)) / turn ** 2;
  },
});

/** Polynomials of the third degree, highest first, for distances below 1 and below 2. */
const cubic = (near: [number, number, number, number], far: [number, number, number, number]): Kernel => ({
  radius: 2,
  weight: (x) => (x < 1 ? near : far).reduce((sum, factor) => sum * x + factor, 0),
});

const KEYS = cubic([1.5, -2.5, 0, 1], [-0.5, 2.5, -4, 2]);
const TRIANGLE: Kernel = { radius: 1, weight: (x) => 1 - x };
const KERNELS: { readonly [method: string]: Kernel } = {
  lanczos3: lanczos(3),
  lanczos5: lanczos(5),
  gaussian: { radius: 1.5, weight: (x) => Math.exp(-2 * x * x) },
  mitchellcubic: cubic([7 / 6, -2, 0, 8 / 9], [-7 / 18, 2, -10 / 3, 16 / 9]),
};

/**
 * How TensorFlow's `image.resize` mixes by a method; null for those that tfjs has kernels for. `isSmoothed`: with antialias.
 * @see TensorFlow's kernels scale_and_translate_op, resize_bicubic_op, resize_area_op
 */
export function mixingOf(method: string, isSmoothed: boolean): Mixing | null {
  if (method === "area") return byArea;
  if (method === "bilinear") return isSmoothed ? byKernel(TRIANGLE, true) : null;
  if (method === "bicubic") return isSmoothed ? byKernel(KEYS, true) : byTable;
  const kernel = KERNELS[method];
  return kernel ? byKernel(kernel, isSmoothed) : null;
}

/** Widened by the factor by which the line gets shorter where it is smoothed. */
const byKernel =
  ({ radius, weight }: Kernel, isSmoothed: boolean): Mixing =>
  (from, to) => {
    const step = from / to;
    const width = isSmoothed ? Math.max(step, 1) : 1;
    return rowsOf(from, to, (row, index) => {
      const centre = (index + 0.5) * step;
      const first = Math.max(0, Math.ceil(centre - radius * width - 0.5));
      const last = Math.min(from - 1, Math.floor(centre + radius * width - 0.5));
      for (let at = first; at <= last; at++) {
        const distance = Math.abs(at + 0.5 - centre) / width;
        row[at] = distance < radius ? weight(distance) : 0;
      }
    });
  };

/** TensorFlow looks the weights up for 1024 distances between two pixels. */
const DISTANCES = 1024;
const byTable: Mixing = (from, to) =>
  rowsOf(from, to, (row, index) => {
    const place = (index + 0.5) * Math.fround(from / to) - 0.5;
    const before = Math.floor(place);
    const rest = Math.round((place - before) * DISTANCES) / DISTANCES;
    const weights = [1 + rest, rest, 1 - rest, 2 - rest].map((distance) => KEYS.weight(distance));
    weights.forEach((weight, number) => {
      const at = before - 1 + number;
      if (at >= 0 && at < from) row[at] = weight;
    });
  });

const byArea: Mixing = (from, to) =>
  rowsOf(from, to, (row, index) => {
    const [start, end] = [(index * from) / to, ((index + 1) * from) / to];
    for (let at = Math.floor(start); at < Math.min(end, from); at++) row[at] = Math.min(at + 1, end) - Math.max(at, start);
  });

/** Each row's weights are 1 together. */
function rowsOf(from: number, to: number, fill: (row: Float32Array, index: number) => void): Float32Array[] {
  return Array.from({ length: to }, (_, index) => {
    const row = new Float32Array(from);
    fill(row, index);
    const sum = row.reduce((total, weight) => total + weight, 0);
    return sum === 0 ? row : row.map((weight) => weight / sum);
  });
}
