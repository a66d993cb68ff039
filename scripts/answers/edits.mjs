// What-if edits under real Keras: node scripts/answers/edits.mjs [--record]
//
// Runs the code of every case of test/answers/edit-cases.ts, of both generations, and compares output, parameters and each appended layer
// with what was promised; with --record writes down what Keras said, which `npm test` compares with (test/answers/edits.json).
import { underKeras } from "./under-keras.mjs";

await underKeras({ name: "edits", write: "writeEdits", golden: "test/answers/edits.json" });
