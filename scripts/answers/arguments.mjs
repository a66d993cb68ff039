// Calls of Keras Applications' functions under real Keras: node scripts/answers/arguments.mjs [--record]
//
// Runs the code that is offered for every case of test/answers/argument-cases.ts, of both generations, and compares output and parameters
// with what was promised; with --record writes down what Keras said (test/answers/argument-ways.json), which `npm test` holds the code
// against. What the functions refuse, rules.py asks; what comes of calls that they take, constructed.py; what weights change, imagenet.py.
import { underKeras } from "./under-keras.mjs";

await underKeras({ name: "arguments", python: "ways", write: "writeArguments", golden: "test/answers/argument-ways.json" });
