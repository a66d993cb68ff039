// The code of `layerscope head` under real Keras: node scripts/answers/heads.mjs [--record]
//
// Runs every snippet of test/answers/head-cases.ts, of both generations, and compares output and parameters with what was promised;
// with --record writes down what Keras said, which `npm test` holds the snippets against (test/answers/heads.json).
import { underKeras } from "./under-keras.mjs";

await underKeras({ name: "heads", write: "writeHeads", golden: "test/answers/heads.json" });
