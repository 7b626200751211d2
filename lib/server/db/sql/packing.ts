/** Packed bytes, to read numbers from: much faster through a view than from a `Buffer`. */
export const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength);
