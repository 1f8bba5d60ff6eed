/**
 * Places among the 468 points of the dense mesh (MediaPipe's topology, arXiv:1907.06724). "Left" is the left of the picture when the face looks
 * into the camera: the person's own right. Rings go round once, their first point is not repeated; all of them run clockwise in the picture.
 */

/** The edge of the face, from the middle of the forehead over the right of the picture and the chin. */
export const faceOval = [
  ...[10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377],
  ...[152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109],
] as const;

/** The red of the lips, from the left corner over the upper lip. */
export const lipsOuter = [61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146] as const;

/** Where the lips meet, or the mouth opens; point by point inside of `lipsOuter`. */
export const lipsInner = [78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95] as const;

/** The edges of the lids, from the outer corner over the upper lid to the inner corner and back; the right eye is its mirror image. */
export const leftEyeRing = [33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7] as const;
export const rightEyeRing = [362, 398, 384, 385, 386, 387, 388, 466, 263, 249, 390, 373, 374, 380, 381, 382] as const;

/** The brows: the upper edge from the outer end inwards, the lower edge back. */
export const leftBrow = [70, 63, 105, 66, 107, 55, 65, 52, 53, 46] as const;
export const rightBrow = [336, 296, 334, 293, 300, 276, 283, 282, 295, 285] as const;

/** The tip of the nose, and the middle of the chin. */
export const noseTip = 4;
export const chin = 152;
