/** `Conv2D` → `conv2d`, `SeparableConv2D` → `separable_conv2d`, `ReLU` → `re_lu`: how Keras names the groups of its weight files. */
export function snakeCase(className: string): string {
  const plain = className
    .replace(/\W+/g, "")
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
  return plain.startsWith("_") ? `private${plain}` : plain;
}

/** Tells layers of one class apart by number, in their order: `dense`, `dense_1`, … */
export function uniqueNames(): (name: string) => string {
  const used = new Map<string, number>();
  return (name) => {
    const count = used.get(name) ?? 0;
    used.set(name, count + 1);
    return count === 0 ? name : `${name}_${count}`;
  };
}
