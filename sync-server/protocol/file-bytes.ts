// A file that is looked into here and there: what it is shows in a few places, however long it is.

export interface FileBytes {
  readonly sizeBytes: number;
  /** Fewer where the file ends; none beyond it. */
  read(start: number, length: number): Promise<Uint8Array>;
}

/** As an open file of Node does it. */
interface Reading {
  read(
    into: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesRead: number }>;
}

export function bytesOf(file: Reading, sizeBytes: number): FileBytes {
  return {
    sizeBytes,
    read: async (start, length) => {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, sizeBytes - start)));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
      return bytes.subarray(0, bytesRead);
    },
  };
}

const BLOCK_LENGTH = 64 * 1024;

/** The same file, where small pieces that lie near each other cost one read. */
export function inBlocks(file: FileBytes): FileBytes {
  let from = 0;
  let block: Uint8Array = new Uint8Array();
  return {
    sizeBytes: file.sizeBytes,
    read: async (start, length) => {
      const isHere = start >= from && start + length <= from + block.length;
      if (!isHere) [from, block] = [start, await file.read(start, Math.max(length, BLOCK_LENGTH))];
      return block.subarray(start - from, start - from + length);
    },
  };
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
