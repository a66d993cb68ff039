import type { Layer, Network } from "../../../src/model";
import { Dice } from "./dice";
import { asArgument, type Drawn, type DrawnTensor, isFloat, type Place, type Row } from "./row";
import { familiesOf } from "./rows";
import { declaredOutputs, drawInput, layerOf, type Made, refsOf, sameRef, World } from "./world";

/** The numbers that decide what a model is. */
export interface Plan {
  inputs: number[][];
  steps: { throws: number[]; inner: number[][] }[];
  isSequential: boolean;
  probes: number[];
}

export interface DrawnNetwork {
  network: Network;
  /** Every tensor, those of nested models too. */
  tensors: DrawnTensor[];
}

/** The model of a plan: layers whose options fit often, on tensors that came before them. */
export function grow(plan: Plan, kerasMajor: 2 | 3): DrawnNetwork {
  const world = new World(kerasMajor);
  const growth = new Growth(world, plan.isSequential);
  const wanted = plan.isSequential ? plan.inputs.slice(0, 1) : plan.inputs;
  for (const throws of wanted) growth.addInput(drawInput(new Dice(throws)));
  for (const { throws, inner } of plan.steps) growth.step(new Dice(throws), inner);
  return { network: growth.finish(), tensors: world.tensors };
}

class Growth {
  private readonly layers: Layer[] = [];
  private readonly tensors: DrawnTensor[] = [];
  private readonly read = new Set<DrawnTensor>();
  private isBroken = false;

  constructor(
    private readonly world: World,
    private readonly isSequential: boolean,
  ) {}

  addInput({ shape, dtype }: Made): void {
    const name = this.world.name("input");
    const key = this.world.kerasMajor === 3 ? "batch_shape" : "batch_input_shape";
    this.layers.push(layerOf("InputLayer", "keras.layers", name, { [key]: shape, dtype, sparse: false, ragged: false }));
    this.add({ ref: { layer: name, call: 0, output: 0 }, shape, dtype });
  }

  step(dice: Dice, inner: number[][]): void {
    if (this.isBroken) return;
    const tensor = this.isSequential
      ? (this.tensors.at(-1) as DrawnTensor)
      : (this.tensors.at(-1 - dice.below(Math.min(this.tensors.length, 4))) as DrawnTensor);
    if (inner.length > 0 && isFloat(tensor) && dice.chance(4)) this.nest(tensor, inner, dice);
    else if (!this.isSequential && dice.chance(8)) this.share(tensor, dice);
    else this.addLayer(tensor, dice);
  }

  private addLayer(tensor: DrawnTensor, dice: Dice): void {
    const fitting = familiesOf(this.world.kerasMajor)
      .map((rows) => rows.filter((row) => row.takes(tensor)))
      .filter((rows) => rows.length > 0);
    if (fitting.length === 0) return;
    const row = dice.pick(dice.pick(fitting));
    const drawn = row.draw(tensor, this.place(dice));
    if (drawn) this.call(row, drawn, tensor, dice);
  }

  private place(dice: Dice): Place {
    const partner = (fits: (tensor: DrawnTensor) => boolean): DrawnTensor | null => {
      const fitting = this.isSequential ? [] : this.tensors.filter(fits).reverse();
      return fitting.length > 0 ? dice.pick(fitting) : null;
    };
    return { dice, kerasMajor: this.world.kerasMajor, partner, name: (className) => this.world.name(className) };
  }

  /** Keeps the layer where it can be built; where not, it now and then stays as the model's last. */
  private call(row: Row, { config, args, kwargs, dtype }: Drawn, tensor: DrawnTensor, dice: Dice): void {
    // A Sequential holds layers of one tensor.
    const isApart = args !== undefined || kwargs !== undefined || row.module !== undefined;
    if (this.isSequential && isApart) return;
    const layer = layerOf(row.className, row.module ?? "keras.layers", this.world.name(row.className), config);
    layer.calls = [{ args: args ?? [asArgument(tensor)], kwargs: kwargs ?? {} }];
    const tensors = refsOf(layer.calls[0]).map((ref) => this.tensor(ref));
    const outputs = declaredOutputs(layer, tensors, this.world.kerasMajor);
    if (this.isSequential && outputs && outputs.length > 1) return;
    if (outputs === null && !dice.chance(4)) return;
    if (outputs === null) this.isBroken = true;
    this.keep(
      layer,
      (outputs ?? [[null]]).map((shape) => ({ shape, dtype: dtype ?? "float32" })),
    );
  }

  private keep(layer: Layer, outputs: Made[]): void {
    if (!this.layers.includes(layer)) this.layers.push(layer);
    const call = layer.calls.length - 1;
    for (const ref of refsOf(layer.calls[call])) this.read.add(this.tensor(ref));
    outputs.forEach(({ shape, dtype }, output) => {
      this.add({ ref: { layer: layer.name, call, output }, shape, dtype });
    });
  }

  private add(tensor: DrawnTensor): void {
    this.tensors.push(tensor);
    this.world.tensors.push(tensor);
  }

  private tensor({ layer, call, output }: DrawnTensor["ref"]): DrawnTensor {
    return this.tensors.find(({ ref }) => ref.layer === layer && ref.call === call && ref.output === output) as DrawnTensor;
  }

  /** A layer that is there already, called on another tensor of the very same shape. */
  private share(tensor: DrawnTensor, dice: Dice): void {
    const own = tensor.shape.join();
    const able = this.layers.filter((layer) => {
      const [first, ...others] = refsOf(layer.calls[0]);
      const given = first && others.length === 0 ? this.tensor(first) : null;
      return given?.shape.join() === own && given.dtype === tensor.dtype;
    });
    const plain = able.filter(({ calls }) => calls[0]?.args.length === 1 && Object.keys(calls[0].kwargs).length === 0);
    if (plain.length === 0) return;
    const layer = dice.pick(plain);
    const outputs = this.tensors.filter(({ ref }) => ref.layer === layer.name && ref.call === 0);
    layer.calls.push({ args: [asArgument(tensor)], kwargs: {} });
    this.keep(layer, outputs);
  }

  /** A model inside the model, declared as the tensor is or with an axis more left open. */
  private nest(tensor: DrawnTensor, inner: number[][], dice: Dice): void {
    const isSequential = dice.chance(2);
    const growth = new Growth(this.world, isSequential);
    growth.addInput({ shape: [null, ...tensor.shape.slice(1)], dtype: tensor.dtype });
    for (const throws of inner) growth.step(new Dice(throws), []);
    if (growth.isBroken || growth.layers.length < 2) return;
    const network = growth.finish();
    if (this.isSequential && network.outputs.length > 1) return;
    const name = this.world.name(isSequential ? "sequential" : "functional");
    const layer = layerOf(network.className, "keras.models", name, { name });
    layer.network = { ...network, name };
    layer.calls = [{ args: [asArgument(tensor)], kwargs: {} }];
    const outputs = network.outputs.map((output) => growth.tensors.find(({ ref }) => sameRef(ref, output)) as DrawnTensor);
    this.keep(layer, outputs);
  }

  finish(): Network {
    if (this.layers.every(({ className }) => className === "InputLayer")) this.addIdle();
    const inputs = this.tensors.filter((tensor) => this.isInput(tensor) && this.read.has(tensor));
    const unread = new Set(this.tensors.filter((tensor) => this.isInput(tensor) && !this.read.has(tensor)));
    const tensors = this.tensors.filter((tensor) => !unread.has(tensor));
    const gone = new Set([...unread].map(({ ref }) => ref.layer));
    const leaves = this.isSequential ? tensors.slice(-1) : tensors.filter((tensor) => !this.read.has(tensor));
    return {
      name: "model",
      className: this.isSequential ? "Sequential" : "Functional",
      kind: this.isSequential ? "sequential" : "functional",
      layers: this.layers.filter(({ name }) => !gone.has(name)),
      inputs: inputs.map(({ ref }) => ref),
      outputs: leaves.map(({ ref }) => ref),
    };
  }

  /** A model needs a layer beside its input. */
  private addIdle(): void {
    const tensor = this.tensors[0] as DrawnTensor;
    const layer = layerOf("Activation", "keras.layers", this.world.name("Activation"), { activation: "linear" });
    layer.calls = [{ args: [asArgument(tensor)], kwargs: {} }];
    this.keep(layer, [tensor]);
  }

  private isInput({ ref }: DrawnTensor): boolean {
    return this.layers.some(({ name, className }) => name === ref.layer && className === "InputLayer");
  }
}
