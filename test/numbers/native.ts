import { startEngine, useShapesEngine } from "../../src/engines";

/**
 * Why the native engine cannot run here; null where it can. Its library is set up apart from `npm ci`: `npm run native`.
 * @throws Error in CI, where it has been set up
 */
export async function whyNoNative(): Promise<string | null> {
  try {
    await startEngine("native");
    return null;
  } catch (error) {
    if (process.env["CI"]) throw error;
    return (error as Error).message;
  } finally {
    useShapesEngine();
  }
}
