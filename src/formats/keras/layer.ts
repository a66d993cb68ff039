import { isObject, type Json, type JsonObject, type Layer } from "../../model";
import { FormatError, quoted } from "../format-error";

/** A layer without its calls, which its surroundings tell. `idPrefix`: ids of the models around it, each with `/`, or `""`.
 *  @throws FormatError where it is not a layer at all */
export function parseLayer(json: Json | undefined, idPrefix: string): Layer {
  if (!isObject(json)) throw new FormatError("a layer in it is not a JSON object");
  const className = json["class_name"];
  if (typeof className !== "string") throw new FormatError("a layer in it has no class_name");
  const config = isObject(json["config"]) ? json["config"] : {};
  const name = layerName(json, config);
  if (name === null) throw new FormatError(`a layer of class ${quoted(className)} has no name`);
  return {
    id: idPrefix + name,
    name,
    className,
    module: text(json["module"]),
    registeredName: text(json["registered_name"]),
    config,
    buildConfig: isObject(json["build_config"]) ? json["build_config"] : null,
    calls: [],
  };
}

/** Functional models name layers beside the config, Sequential ones inside it only. */
function layerName(json: JsonObject, config: JsonObject): string | null {
  const name = json["name"] ?? config["name"];
  return typeof name === "string" && name !== "" ? name : null;
}

function text(json: Json | undefined): string | null {
  return typeof json === "string" ? json : null;
}
