// As much of libheif's C interface as is used; the package brings types for Emscripten's older one only. An error is a
// struct of code, subcode and message, written to the address in the first argument.

declare module 'libheif-js/wasm-bundle.js' {
  type Address = number;

  const libheif: {
    readonly HEAPU8: Uint8Array;
    _malloc(size: number): Address;
    _free(address: Address): void;
    _heif_context_alloc(): Address;
    _heif_context_free(context: Address): void;
    _heif_context_set_maximum_image_size_limit(context: Address, edge: number): void;
    _heif_context_read_from_memory(
      error: Address,
      context: Address,
      bytes: Address,
      length: number,
      options: Address,
    ): void;
    _heif_context_get_primary_image_handle(error: Address, context: Address, out: Address): void;
    _heif_image_handle_get_width(handle: Address): number;
    _heif_image_handle_get_height(handle: Address): number;
    _heif_image_handle_get_raw_color_profile_size(handle: Address): number;
    _heif_image_handle_get_raw_color_profile(error: Address, handle: Address, out: Address): void;
    _heif_image_handle_get_nclx_color_profile(error: Address, handle: Address, out: Address): void;
    _heif_nclx_color_profile_free(profile: Address): void;
    _heif_image_handle_release(handle: Address): void;
    _heif_decode_image(
      error: Address,
      handle: Address,
      out: Address,
      colourSpace: number,
      chroma: number,
      options: Address,
    ): void;
    _heif_image_get_plane_readonly(image: Address, channel: number, stride: Address): Address;
    _heif_image_get_width(image: Address, channel: number): number;
    _heif_image_get_height(image: Address, channel: number): number;
    _heif_image_release(image: Address): void;
  };
  export = libheif;
}
