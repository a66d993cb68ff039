// What may be done about a tensor that a model refuses, under real Keras: node scripts/answers/ways.mjs [--record]
//
// Runs the code of every way of test/answers/way-cases.ts, of both generations, and compares output and parameters with what was promised,
// and numbers with those of the original where they are promised to be the same; with --record writes down what Keras said
// (test/answers/ways.json), which `npm test` holds the code against.
import { underKeras } from "./under-keras.mjs";

await underKeras({ name: "ways", write: "writeWays", golden: "test/answers/ways.json" });
