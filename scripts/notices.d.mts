/** As much of esbuild's metafile as is read. */
export interface BundledInputs {
  outputs: Record<string, { inputs: Record<string, { bytesInOutput: number }> }>;
}
export function packageFolder(path: string): string | null;
export function notices(metafiles: readonly BundledInputs[], root: string): string;
