import { startEngine, useShapesEngine } from "../../src/engines";

/** Why the native engine cannot run here; null where it can. Its library is set up apart from `npm ci`. */
export async function whyNoNative(): Promise<string | null> {
  try {
    await startEngine("native");
    return null;
  } catch (error) {
    return (error as Error).message;
  } finally {
    useShapesEngine();
  }
}
