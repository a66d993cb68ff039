import type { Tensor } from "@tensorflow/tfjs-core";

/** Frees each tensor when nobody needs it any more; a layer may hand on the very tensor it was given. */
export class Keeper {
  private readonly holders = new Map<Tensor, number>();

  hold(tensors: readonly Tensor[], count: number): void {
    for (const tensor of tensors) this.holders.set(tensor, (this.holders.get(tensor) ?? 0) + count);
    if (count === 0) this.freeUnheld(tensors);
  }

  release(tensors: readonly Tensor[]): void {
    for (const tensor of tensors) this.holders.set(tensor, (this.holders.get(tensor) ?? 0) - 1);
    this.freeUnheld(tensors);
  }

  private freeUnheld(tensors: readonly Tensor[]): void {
    for (const tensor of tensors) {
      if ((this.holders.get(tensor) ?? 0) > 0) continue;
      this.holders.delete(tensor);
      tensor.dispose();
    }
  }

  /** Frees what is left, whoever holds it. */
  freeAll(): void {
    for (const tensor of this.holders.keys()) tensor.dispose();
    this.holders.clear();
  }
}
