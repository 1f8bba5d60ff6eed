/** The part of libheif's C interface that is used here; a name with `_` is the C function of that name. Pointers are offsets into `HEAPU8`. */
declare module 'libheif-js/libheif-wasm/libheif.js' {
  namespace create {
    type Pointer = number;
    type Handle = Pointer;

    interface Libheif {
      /** All memory of the decoder. Another array after the memory has grown, which any call may do. */
      readonly HEAPU8: Uint8Array<ArrayBuffer>;
      _malloc(bytes: number): Pointer;
      _heif_context_alloc(): Pointer;
      _heif_context_get_security_limits(context: Pointer): Pointer;
      /** Functions that return a `heif_error` take the place for it first. */
      _heif_context_read_from_memory_without_copy(error: Pointer, context: Pointer, file: Pointer, bytes: number, options: 0): void;
      _heif_context_get_primary_image_handle(error: Pointer, context: Pointer, out: Pointer): void;
      _heif_image_handle_get_width(handle: Handle): number;
      _heif_image_handle_get_height(handle: Handle): number;
      _heif_image_handle_has_alpha_channel(handle: Handle): number;
      _heif_image_handle_get_raw_color_profile_size(handle: Handle): number;
      _heif_image_handle_get_raw_color_profile(error: Pointer, handle: Handle, out: Pointer): void;
      _heif_image_handle_get_nclx_color_profile(error: Pointer, handle: Handle, out: Pointer): void;
      _heif_image_handle_get_item_id(handle: Handle): number;
      /** Four letters as a number. */
      _heif_item_get_item_type(context: Pointer, item: number): number;
      _heif_image_handle_get_grid_image_tile_id(
        error: Pointer,
        handle: Handle,
        transformed: 0,
        column: number,
        row: number,
        out: Pointer,
      ): void;
      /** All of `irot`, `imir` and `clap`, in their order; at most `count` are written. */
      _heif_item_get_transformation_properties(context: Pointer, item: number, out: Pointer, count: number): number;
      /** Four letters as a number. */
      _heif_item_get_property_type(context: Pointer, item: number, property: number): number;
      /** 0 top and bottom change places, 1 left and right, -1 no mirror. */
      _heif_item_get_property_transform_mirror(context: Pointer, item: number, property: number): number;
      /** Degrees against the clock, -1 no rotation. */
      _heif_item_get_property_transform_rotation_ccw(context: Pointer, item: number, property: number): number;
      _heif_decoding_options_alloc(): Pointer;
      _heif_image_handle_get_image_tiling(error: Pointer, handle: Handle, transformed: 0, out: Pointer): void;
      _heif_decode_image(error: Pointer, handle: Handle, out: Pointer, colorspace: number, chroma: number, options: Pointer): void;
      _heif_image_handle_decode_image_tile(
        error: Pointer,
        handle: Handle,
        out: Pointer,
        colorspace: number,
        chroma: number,
        options: Pointer,
        column: number,
        row: number,
      ): void;
      _heif_image_get_width(image: Pointer, channel: number): number;
      _heif_image_get_height(image: Pointer, channel: number): number;
      _heif_image_get_plane_readonly(image: Pointer, channel: number, stride: Pointer): Pointer;
      _heif_image_release(image: Pointer): void;
    }
  }

  function create(options: { wasmBinary: Uint8Array; print(text: string): void; printErr(text: string): void }): create.Libheif;
  export = create;
}
