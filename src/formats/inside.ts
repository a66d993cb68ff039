/** Whether a path that a file names stays in the file's folder: relative, without `..`, whichever slashes it is written with. */
export function isInside(path: string): boolean {
  if (path === "" || path.includes("\0")) return false;
  const steps = path.split(/[/\\]/);
  return steps[0] !== "" && !/^[A-Za-z]:$/.test(steps[0] ?? "") && !steps.includes("..");
}
