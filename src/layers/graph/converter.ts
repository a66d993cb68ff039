import { ExecutionContext } from "@tensorflow/tfjs-converter/dist/executor/execution_context";
import { executeOp } from "@tensorflow/tfjs-converter/dist/operations/operation_executor";
import { OperationMapper } from "@tensorflow/tfjs-converter/dist/operations/operation_mapper";
import type { Node } from "@tensorflow/tfjs-converter/dist/operations/types";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Json } from "../../model";
import { Unknown } from "../row";
import { OWN_OPERATIONS } from "./own";
import type { Stores } from "./stores";

/** tfjs-converter reads the arguments of a node by its own tables, one node at a time; it shows only how whole graphs are read. */
interface Mapper {
  mapNode(node: { name: string; op: string; input: string[]; attr: { [name: string]: Json } }): Node;
}

/** Whoever calls keeps what comes out and frees the rest. */
const plainly = <T>(work: () => T): T => work();

/** Kinds of operations that it computes in promises, so that nothing can wait for them here: those that run at all have a row of ours. */
const IN_PROMISES: ReadonlySet<string> = new Set(["control", "dynamic", "hash_table"]);

/** Holds what loops and lists need, which run elsewhere: for all others one is enough. */
const CONTEXT = new ExecutionContext();

/** One operation of a graph, as tfjs-converter runs it. */
export class Converted {
  readonly isKnown: boolean;
  private readonly node: Node;
  private readonly names: string[];

  /** @throws Error where an attribute is not what TensorFlow writes */
  constructor(
    private readonly op: string,
    attributes: { [name: string]: Json },
    inputs: number,
  ) {
    this.names = Array.from({ length: inputs }, (_, index) => `${index}`);
    const mapper = OperationMapper.Instance as unknown as Mapper;
    this.node = mapper.mapNode({ name: op, op, input: this.names, attr: attributes });
    this.isKnown = this.node.category !== undefined || Object.hasOwn(OWN_OPERATIONS, op);
  }

  /** @throws Unknown where nothing runs it */
  run(inputs: Tensor[], stores: Stores): Tensor[] {
    const own = OWN_OPERATIONS[this.op];
    return own ? [own(inputs, this.node, stores, (given) => this.runPlainly(given))].flat() : this.runPlainly(inputs);
  }

  private runPlainly(inputs: Tensor[]): Tensor[] {
    if (IN_PROMISES.has(this.node.category)) throw new Unknown(`the operation ${this.op} is not one that runs here`);
    const tensors: { [name: string]: Tensor[] } = {};
    inputs.forEach((tensor, index) => {
      tensors[this.names[index] as string] = [tensor];
    });
    const result = executeOp(this.node, tensors, CONTEXT, undefined, plainly as never);
    return result as Tensor[];
  }
}
