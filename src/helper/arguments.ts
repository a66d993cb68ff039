import { argumentCalls, type PretrainedAndNot, type TriedArguments, type TriedCall } from "../answers";
import { zooVariant } from "../formats";
import { type Constructed, type ConstructorCall, constructorRefusal, familyOf, type Report, type ZooFacts } from "../model";
import { type PreparedModel, prepareModel, type RunOptions, runConstructed, runProbe } from "../probe";

/** Tries the calls of a Keras Application's function that people try for a tensor of this shape, each variant of the model prepared once. */
export async function tryArguments(
  prepared: PreparedModel,
  zoo: ZooFacts,
  shape: readonly number[],
  options: RunOptions,
): Promise<TriedArguments> {
  const trials = new Trials(prepared, zoo, options);
  try {
    const fed = await feed(prepared, shape, options);
    const tried: TriedCall[] = [];
    for (const call of argumentCalls(zoo, shape.slice(1))) tried.push(await trials.try(call));
    const { includeTop, weights } = zoo;
    const size = shape.slice(1);
    const sizes = {
      shape: await trials.try({ includeTop, weights, inputShape: size }),
      tensor: await trials.try({ includeTop, weights, inputTensor: size }),
    };
    return { base: prepared.model, zoo, fed, tried, sizes };
  } finally {
    trials.dispose();
  }
}

/** Sends a tensor of this shape into a model as it is. */
function feed(prepared: PreparedModel, shape: readonly number[], options: RunOptions): Promise<Report> {
  const [input] = prepared.inputs;
  return runProbe(prepared, { inputs: { [input?.name ?? ""]: [...shape] }, mode: "feed", engine: "shapes", fill: "zeros" }, options);
}

type Variant = Pick<ConstructorCall, "includeTop" | "weights">;

/** Calls of one application's function, tried; each variant of the model is prepared once, and disposed of with it. */
export class Trials {
  private readonly variants = new Map<string, PreparedModel>();
  private readonly done = new Map<string, ReturnType<typeof runConstructed>>();

  constructor(
    private readonly own: PreparedModel,
    private readonly zoo: ZooFacts,
    private readonly options: RunOptions,
  ) {}

  async try(call: ConstructorCall): Promise<TriedCall> {
    const refusal = constructorRefusal(this.zoo, call);
    return { call, refusal, constructed: refusal ? null : await this.constructed(call) };
  }

  /** Null where nothing is to be tried: of calls that leave sizes open themselves, and of those with layers of other widths. */
  private constructed(call: ConstructorCall): Promise<Constructed> | Constructed | null {
    if (call.alpha !== undefined || call.minimalistic !== undefined || call.depthMultiplier !== undefined) return null;
    const size = call.inputShape ?? call.inputTensor;
    if (!size) return this.unsized(call);
    return size.includes(null) ? null : this.sized(call, size as number[]);
  }

  private async sized(call: ConstructorCall, size: number[]): Promise<Constructed> {
    const { includeTop } = call;
    // In colour, neither weights nor the way the size is given change what the layers make of it.
    const isColour = size.at(-1) === 3;
    const weights = isColour || this.hasOtherLayersOpen ? "imagenet" : call.weights;
    const isTold = isColour || call.inputShape !== undefined;
    const key = `${includeTop} ${weights} ${size} ${isTold}`;
    const found = this.done.get(key) ?? this.run({ includeTop, weights }, size, isTold);
    this.done.set(key, found);
    const { pretrained, untrained } = await found;
    return call.weights === null ? untrained : pretrained;
  }

  private run(variant: Variant, size: number[], isTold: boolean): ReturnType<typeof runConstructed> {
    const prepared = this.variant(variant);
    const [name = ""] = prepared.inputs.map((input) => input.name);
    return runConstructed(prepared, { [name]: [1, ...size] }, { ...this.options, isTold });
  }

  /** What is made without a size is what the zoo has, but where the pretrained one could not be: there it is what is made without weights. */
  private unsized(call: ConstructorCall): Constructed {
    const made = this.variant({ ...call, weights: this.hasOtherLayersOpen ? null : call.weights });
    const wanted = call.weights === null ? made : this.variant(call);
    const [built, pretrained] = [made.layers, wanted.layers];
    return {
      output: null,
      declared: made.inputs[0]?.declared ?? [],
      parameters: made.parameters,
      ended: built === pretrained ? null : { at: "layers", built, pretrained },
    };
  }

  private get hasOtherLayersOpen(): boolean {
    return familyOf(this.zoo.architecture).refusesOpen === true;
  }

  private variant({ includeTop, weights }: Variant): PreparedModel {
    // The calls that are tried do not name a pooling, but for one that has no effect.
    if (includeTop === this.zoo.includeTop && weights === this.zoo.weights && this.zoo.pooling === null) return this.own;
    const key = `${includeTop} ${weights}`;
    const found = this.variants.get(key) ?? prepareModel(zooVariant(this.zoo, { includeTop, weights, pooling: null }));
    this.variants.set(key, found);
    return found;
  }

  dispose(): void {
    for (const variant of this.variants.values()) variant.dispose();
  }
}

/** Sends the probe through the application with pretrained weights and without. */
export async function withAndWithoutWeights(
  asked: { prepared: PreparedModel; zoo: ZooFacts; shape: readonly number[] },
  options: RunOptions,
): Promise<Pick<PretrainedAndNot, "pretrained" | "untrained" | "pretrainedZoo">> {
  const { prepared, zoo, shape } = asked;
  const other = prepareModel(zooVariant(zoo, { weights: zoo.weights === null ? "imagenet" : null }));
  try {
    const [own, others] = [await feed(prepared, shape, options), await feed(other, shape, options)];
    const isPretrained = zoo.weights !== null;
    const pretrainedZoo = isPretrained ? zoo : (other.model.zoo ?? zoo);
    return { pretrainedZoo, pretrained: isPretrained ? own : others, untrained: isPretrained ? others : own };
  } finally {
    other.dispose();
  }
}
