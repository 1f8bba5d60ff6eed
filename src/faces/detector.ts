import type { Pixels } from '../image/pixels.ts';
import type { Face, Point } from './face.ts';

/** Landmarks that an engine can give; every engine knows the first. */
export type Scheme = 'ibug-68' | 'mesh-468';

/** The port every engine implements (contract suite: test/contract/detector.ts). */
export interface Detector {
  /** The name an operator chooses with MAYFLY_ENGINE. */
  readonly name: string;
  readonly schemes: readonly Scheme[];
  /**
   * Finds the faces of an upright picture, left to right.
   * @param picture sRGB pixels; the engine scales a copy to the size it likes, points come back in the picture's own pixels
   */
  detect(picture: Pixels): Promise<readonly Face[]>;
  /**
   * Finds the landmarks of one face again, where they are expected: without looking for faces, so it costs a fraction of `detect`.
   * @param near 68 points, roughly where they should be
   * @returns undefined where the engine sees no face
   */
  locate(picture: Pixels, near: readonly Point[]): Promise<Face | undefined>;
  close(): Promise<void>;
}
