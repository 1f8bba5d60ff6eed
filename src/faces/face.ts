/** What an engine knows of one face. All coordinates are pixels of the upright picture it was given, origin top left, x right, y down. */

export type Point = readonly [x: number, y: number];

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Degrees. Yaw > 0: the face looks to the picture's right. Pitch > 0: it looks up. Roll > 0: its head is turned clockwise in the picture. */
export interface Pose {
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
}

export interface Face {
  /** As the detector frames it, brow to chin; it may reach past the edges of the picture. */
  readonly box: Box;
  /** Confidence of the detector, 0 to 1. */
  readonly score: number;
  readonly pose: Pose;
  /** 68 points in iBUG order (jaw 0-16, brows 17-26, nose 27-35, eyes 36-47, mouth 48-67). */
  readonly landmarks: readonly Point[];
  /**
   * The dense mesh where the engine has one: 468 points of MediaPipe's topology, three numbers a point. x and y are pixels like all others, z is
   * depth on the same scale, 0 at the middle of the head, smaller towards the viewer. `meshOf` in faces/mesh.ts gives one for any face.
   */
  readonly mesh?: Float32Array;
}
