/** Layers drawn as one when closed: found in names, a nested model, or a name scope of a graph. */
export interface Group {
  kind: "group";
  /** Unique among groups and layers: `group:block2a` below its network's path, or the id of the nested model. */
  id: string;
  title: string;
  /** What the names of its layers begin with; empty where they have nothing in common. */
  prefix: string;
  origin: "names" | "run" | "nested" | "scope";
  /** Of a scope that was a Keras layer: its class, where the file tells it. */
  className?: string;
  children: Item[];
}
export interface LayerItem {
  kind: "layer";
  id: string;
  /** What an operation of a graph is called within its scope; a Keras layer is called by its name. */
  title?: string;
}
export type Item = Group | LayerItem;
