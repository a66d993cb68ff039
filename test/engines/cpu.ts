import type { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-cpu";
import { backend, setBackend } from "@tensorflow/tfjs-core";

/** Makes tfjs's cpu backend the current one, without its advertisement for tfjs-node on the console. */
export function useCpu(): void {
  void setBackend("cpu");
  (backend() as MathBackendCPU)["firstUse"] = false;
}
