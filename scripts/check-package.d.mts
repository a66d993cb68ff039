export const LIMIT_BYTES: number;
export function complaints(files: readonly string[], sizeBytes: number): string[];
export function filesOf(vsix: string): Promise<string[]>;
