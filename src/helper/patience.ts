/** Waits for what others may need as well and nobody should break off: only this waiting ends. @throws the signal's reason when it is aborted */
export async function whileWanted<T>(coming: T | Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return coming;
  let leave = (): void => {};
  const left = new Promise<never>((_, reject) => {
    leave = () => reject(signal.reason);
    signal.addEventListener("abort", leave);
    if (signal.aborted) leave();
  });
  try {
    return await Promise.race([coming, left]);
  } finally {
    signal.removeEventListener("abort", leave);
  }
}
