import { ExecutionContext } from "@tensorflow/tfjs-converter/dist/executor/execution_context";
import { executeOp } from "@tensorflow/tfjs-converter/dist/operations/operation_executor";
import { OperationMapper } from "@tensorflow/tfjs-converter/dist/operations/operation_mapper";
import type { Node } from "@tensorflow/tfjs-converter/dist/operations/types";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Json } from "../../model";
import { Unknown } from "../row";
import { OWN_OPERATIONS } from "./own";

/** tfjs-converter reads the arguments of a node by its own tables, one node at a time; it shows only how whole graphs are read. */
interface Mapper {
  mapNode(node: { name: string; op: string; input: string[]; attr: { [name: string]: Json } }): Node;
}

/** Whoever calls keeps what comes out and frees the rest. */
const plainly = <T>(work: () => T): T => work();

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

  /** @throws Unknown where its result is only there later */
  run(inputs: Tensor[], context = new ExecutionContext()): Tensor[] {
    const own = OWN_OPERATIONS[this.op];
    if (own) return [own(inputs, this.node)].flat();
    const tensors: { [name: string]: Tensor[] } = {};
    inputs.forEach((tensor, index) => {
      tensors[this.names[index] as string] = [tensor];
    });
    const result = executeOp(this.node, tensors, context, undefined, plainly as never);
    if (!Array.isArray(result)) throw new Unknown(`tfjs computes the operation ${this.op} only with numbers at hand`);
    return result;
  }
}
