import { describeGoldens } from "./goldens";

describeGoldens("tf_keras's applications, and EfficientNetB5 as TensorFlow 2.11 spells it", 144, (_, generation) => generation !== "3");
