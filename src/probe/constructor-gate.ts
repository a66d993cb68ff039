import { formatShape, type Report, type ZooFacts } from "../model";

type Gate = Report["gates"][number];

/** Families whose functions check the size only, whatever weights are asked for: wrong ones would show when weights are loaded. */
const CHECKS_SIZE_ONLY = /^(MobileNetV3|ResNetRS)/;

/**
 * Whether the function of a Keras Application would accept this tensor's shape as its `input_shape`. Null where it is no image.
 * @see Keras Applications, `obtain_input_shape`
 */
export function constructorGate(zoo: ZooFacts, shape: readonly number[]): Gate | null {
  if (shape.length !== 4) return null;
  const reason = refusal(zoo, shape.slice(1) as [number, number, number]);
  return { gate: "constructor", open: reason === null, message: reason };
}

function refusal(zoo: ZooFacts, [height, width, channels]: [number, number, number]): string | null {
  const { architecture, defaultSize, documentedMinimum, includeTop, weights } = zoo;
  const given = `${architecture} refuses input_shape=(${height}, ${width}, ${channels})`;
  const isPretrained = weights === "imagenet" && !CHECKS_SIZE_ONLY.test(architecture);
  if (isPretrained && includeTop) {
    const [high, wide] = defaultSize;
    const isDefault = height === high && width === wide && channels === 3;
    return isDefault ? null : `${given}: with its top and pretrained weights it has to be ${formatShape([high, wide, 3])}`;
  }
  if (isPretrained && channels !== 3) return `${given}: with pretrained weights the input has to have 3 channels`;
  if (documentedMinimum && (height < documentedMinimum[0] || width < documentedMinimum[1])) {
    return `${given}: it has to be at least ${formatShape(documentedMinimum)}`;
  }
  return null;
}
