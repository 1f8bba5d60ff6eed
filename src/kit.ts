import type { Config, Engine } from './config.ts';
import type { Kit } from './darkroom/develop.ts';
import type { Detector } from './faces/detector.ts';

/** What a darkroom needs while it works: the engine, warm. Apart from build.ts because a darkroom that starts loads nothing else of it. */
export async function openKit({ engine, templatesDir, maxPixels, mark }: Config): Promise<Kit> {
  return { detector: await openDetector(engine), templatesDir, maxPixels, mark };
}

/** Only the engine that was chosen is loaded. */
async function openDetector(engine: Engine): Promise<Detector> {
  switch (engine) {
    case 'mediapipe':
      return (await import('./faces/mediapipe/detector.ts')).createMediapipeDetector();
    case 'face-api':
      return (await import('./faces/face-api/detector.ts')).createFaceApiDetector();
  }
}
