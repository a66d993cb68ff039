import { describeGoldens } from "./goldens";

describeGoldens("Keras 3's applications", 80, (_, generation) => generation === "3");
