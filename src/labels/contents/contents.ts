/** What a finished file holds besides its picture. */
export interface Contents {
  /** XMP packets, in their order. */
  readonly xmp: readonly string[];
  /** Names of all parts that are neither needed to show the picture nor XMP: EXIF, profiles, comments, thumbnails, bytes behind the end … */
  readonly others: readonly string[];
}
