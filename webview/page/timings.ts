declare global {
  interface Window {
    /** Milliseconds, for benchmarks: from navigation to the first graph on the screen, and from each request to open all to its drawing. */
    layerscopeTimings?: { firstGraph?: number; openAll?: number; probe?: number };
  }
}

/** Notes when the frame that is now being prepared has been shown. `since`: a `performance.now()`. */
export function noteWhenShown(name: "firstGraph" | "openAll" | "probe", since: number): void {
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      const timings = window.layerscopeTimings ?? {};
      timings[name] = performance.now() - since;
      window.layerscopeTimings = timings;
      performance.mark(`layerscope:${name}`);
    };
    channel.port2.postMessage(null);
  });
}
