import { describe, expect, test } from "vitest";
import { questionOf } from "../../../src/extension/hover/call-question";
import { kerasCallAt } from "../../../src/extension/hover/keras-call";
import { UNREAD } from "../../../src/model/python";

/** The place of the mouse is marked by `¦`. */
function callIn(marked: string) {
  const offset = marked.indexOf("¦");
  return kerasCallAt(marked.replace("¦", ""), offset);
}

describe("kerasCallAt", () => {
  const calls: [title: string, code: string, name: string, args: Record<string, unknown>][] = [
    [
      "a plain call",
      "x = Efficient¦NetB5(include_top=False, input_shape=(128,128,3))",
      "EfficientNetB5",
      { include_top: false, input_shape: [128, 128, 3] },
    ],
    ["with a prefix", "tf.keras.applications.¦VGG16()", "VGG16", {}],
    ["on the last letter", "keras.applications.vgg16.VGG16¦(weights=None)", "VGG16", { weights: null }],
    [
      "over several lines, with comments, strings and a trailing comma",
      `base = InceptionV¦3(  # Inception(
         weights="imagenet",   # it's "pretrained"
         include_top=False,
         input_shape=[
             299, 299,
             3,
         ],
       )`,
      "InceptionV3",
      { weights: "imagenet", include_top: false, input_shape: [299, 299, 3] },
    ],
    [
      "by place",
      "ResNet50(Fa¦lse, 'imagenet', None, (64, 64, 3), 'avg')".replace("Fa¦lse", "False").replace("ResNet", "Res¦Net"),
      "ResNet50",
      {
        include_top: false,
        weights: "imagenet",
        input_tensor: null,
        input_shape: [64, 64, 3],
        pooling: "avg",
      },
    ],
    [
      "MobileNetV2 by place",
      "Mobile¦NetV2((96, 96, 3), 1.0, False)",
      "MobileNetV2",
      { input_shape: [96, 96, 3], alpha: 1, include_top: false },
    ],
    ["ResNetRS by place", "ResNet¦RS50(True, None, 10)", "ResNetRS50", { include_top: true, weights: null, classes: 10 }],
    [
      "names that the file gives a value",
      "IMG_SIZE = (160, 160)\nIMG_SHAPE = IMG_SIZE + (3,)\nm = Mobile¦NetV2(input_shape=IMG_SHAPE)",
      "MobileNetV2",
      { input_shape: [160, 160, 3] },
    ],
    ["names within a tuple", "S = 96\nm = VGG¦16(input_shape=(S, S, 3))", "VGG16", { input_shape: [96, 96, 3] }],
    ["names that nobody knows", "VGG¦16(input_shape=shape, pooling=pick())", "VGG16", { input_shape: UNREAD, pooling: UNREAD }],
    ["names that go in a circle", "a = b\nb = a\nVGG¦16(input_shape=a)", "VGG16", { input_shape: UNREAD }],
    ["an argument that is a call", "VGG¦16(input_tensor=Input(shape=(1, 2)), classes=3)", "VGG16", { input_tensor: UNREAD, classes: 3 }],
    ["stars", "VGG¦16(**options)", "VGG16", { "*": UNREAD }],
    ["a call that is not closed yet", "VGG¦16(include_top=False, input_shape=(1", "VGG16", { include_top: false, input_shape: UNREAD }],
    ["inside another call", "Sequential([VGG¦16(include_top=False), Dense(10)])", "VGG16", { include_top: false }],
    ["brackets around the prefix", "(keras\n .applications\n .VGG¦16(pooling='max'))", "VGG16", { pooling: "max" }],
  ];
  test.each(calls)("%s", (_title, code, name, args) => expect(callIn(code)).toMatchObject({ name, args }));

  test.each([
    ["no call", "from keras.applications import VGG¦16"],
    ["another name", "Den¦se(10)"],
    ["in a string", "print('VGG¦16(')"],
    ["in a comment", "# VGG¦16()"],
    ["in a docstring", '"""\nVGG¦16()\n"""'],
    ["nothing there", "x = ¦ 1"],
  ])("%s", (_title, code) => expect(callIn(code)).toBeNull());

  test("tells tf_keras from the others", () => {
    expect(callIn("tf_keras.applications.VGG¦16()")?.isTfKeras).toBe(true);
    expect(callIn("tf.keras.applications.VGG¦16()")?.isTfKeras).toBe(false);
  });

  test("a long broken file does not keep anybody waiting", () => {
    const text = `${"x = \"'\\".repeat(20_000)}\nVGG16()`;
    const started = performance.now();
    kerasCallAt(text, text.length - 4);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe("questionOf", () => {
  const ask = (code: string) => {
    const call = callIn(code);
    if (!call) throw new Error(`no call in ${code}`);
    return questionOf(call);
  };
  const questions: [code: string, expected: Partial<ReturnType<typeof questionOf>>][] = [
    ["VGG¦16()", { spec: "VGG16?include_top=true", includeTop: true, inputShape: null, classes: null, reservations: [] }],
    ["VGG¦16(include_top=False)", { spec: "VGG16", includeTop: false }],
    ["VGG¦16(include_top=False, pooling='avg')", { spec: "VGG16?pooling=avg" }],
    ["VGG¦16(pooling='avg')", { spec: "VGG16?include_top=true" }],
    ["VGG¦16(weights=None, classes=10)", { spec: "VGG16?include_top=true&weights=none", classes: 10 }],
    ["VGG¦16(include_top=False, classes=10)", { classes: null }],
    ["VGG¦16(include_top=False, weights='/my.h5')", { spec: "VGG16" }],
    ["tf_keras.applications.VGG¦16(include_top=False)", { spec: "VGG16?keras=2" }],
    ["VGG¦16(include_top=False, input_shape=(None, None, 3))", { inputShape: null }],
    ["VGG¦16(include_top=False, input_shape=(64, 48, 3))", { inputShape: [64, 48, 3] }],
    [
      "VGG¦16(include_top=top)",
      { spec: "VGG16?include_top=true", reservations: ["`include_top` is computed elsewhere; True is assumed."] },
    ],
    ["Mobile¦NetV2(alpha=1.0)", { reservations: [] }],
    ["Mobile¦NetV2(alpha=0.5)", { reservations: ["`alpha` is not taken into account."] }],
    ["VGG¦16(input_tensor=x)", { reservations: ["`input_tensor` is not taken into account."] }],
    ["VGG¦16(input_tensor=None)", { reservations: [] }],
    ["VGG¦16(*args)", { reservations: ["Arguments passed with `*` are not taken into account."] }],
  ];
  test.each(questions)("%s", (code, expected) => expect(ask(code)).toMatchObject(expected));
});
