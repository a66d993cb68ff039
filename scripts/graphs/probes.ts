import type { GraphProbe, WrittenNode } from "../../test/graphs/probes";

/** Where the file leaves an axis open. */
const OPEN_SIZE = 128;

/** Changes of an image's height, width and channels, and of the batch. */
const CHANGES: { readonly [kind in GraphProbe["kind"]]: (image: Image) => Image } = {
  declared: (image) => image,
  pairs: (image) => ({ ...image, batch: 2 * image.batch }),
  odd: (image) => ({ ...image, height: image.height + 21, width: image.width - 27 }),
  small: (image) => ({ ...image, height: image.height / 2, width: image.width / 4 }),
  gray: (image) => ({ ...image, channels: 1 }),
};

interface Image {
  batch: number;
  height: number;
  width: number;
  channels: number;
}

/** The declared size and four others. */
export function probesOf(nodes: readonly WrittenNode[]): GraphProbe[] {
  const declared = nodes.filter(({ op }) => op === "Placeholder").map(declaredShape);
  // Ones: a scalar beside an image is a ratio.
  const fill = declared.length > 1 ? "ones" : "ramp";
  return (Object.keys(CHANGES) as GraphProbe["kind"][]).map((kind) => ({
    kind,
    shapes: declared.map((shape) => changed(shape, kind)),
    fill,
  }));
}

function declaredShape({ attr }: WrittenNode): number[] {
  return (attr?.shape?.shape?.dim ?? []).map(({ size }, axis) => (Number(size) > 0 ? Number(size) : axis === 0 ? 1 : OPEN_SIZE));
}

function changed(shape: readonly number[], kind: GraphProbe["kind"]): number[] {
  if (shape.length !== 4) return shape.slice();
  const [batch, ...rest] = shape as [number, number, number, number];
  const isChannelsFirst = rest[0] <= 4;
  const [channels, height, width] = isChannelsFirst ? rest : [rest[2], rest[0], rest[1]];
  const image = CHANGES[kind]({ batch, height, width, channels });
  const size = [Math.floor(image.height), Math.floor(image.width)];
  return isChannelsFirst ? [image.batch, image.channels, ...size] : [image.batch, ...size, image.channels];
}
