import type { Pixels } from '../image/pixels.ts';
import type { Face } from './face.ts';

/** The port every engine implements (contract suite: test/contract/detector.ts). */
export interface Detector {
  /** The name an operator chooses with MAYFLY_ENGINE. */
  readonly name: string;
  /**
   * Finds the faces of an upright picture, left to right.
   * @param picture sRGB pixels; the engine scales a copy to the size it likes, points come back in the picture's own pixels
   */
  detect(picture: Pixels): Promise<readonly Face[]>;
  close(): Promise<void>;
}
