import { inflateRawSync } from 'node:zlib';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_LENGTH = 22;
const ENTRY_LENGTH = 46;
const LOCAL_LENGTH = 30;
/** The end of the directory may be followed by a comment of this length. */
const LONGEST_COMMENT = 65_535;
const STORED = 0;
const DEFLATED = 8;

/**
 * One file of a zip archive that somebody else made: nothing is written to disk, and nothing is unpacked beyond the limit.
 *
 * @param wanted says of a name whether it is the file; the first one counts
 * @param limit bytes of the unpacked file
 * @returns null when there is none
 * @throws Error for what is no zip archive, is encrypted or packed in another way than zip's own two, or is too large
 */
export function fileInZip(zip: Buffer, wanted: (name: string) => boolean, limit: number): Buffer | null {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end === -1 || end < zip.length - END_LENGTH - LONGEST_COMMENT || at(zip, end) !== END) {
    throw new Error('it is no zip archive');
  }
  if (end + END_LENGTH > zip.length) throw new Error('its end is cut off');
  const count = zip.readUInt16LE(end + 10);
  let offset = zip.readUInt32LE(end + 16);
  for (let entry = 0; entry < count; entry++) {
    if (at(zip, offset) !== ENTRY || offset + ENTRY_LENGTH > end) throw new Error('its directory is damaged');
    const length = zip.readUInt16LE(offset + 28);
    const name = zip.toString('utf8', offset + ENTRY_LENGTH, offset + ENTRY_LENGTH + length);
    if (wanted(name)) return unpacked(zip, offset, limit);
    offset += ENTRY_LENGTH + length + zip.readUInt16LE(offset + 30) + zip.readUInt16LE(offset + 32);
  }
  return null;
}

function unpacked(zip: Buffer, entry: number, limit: number): Buffer {
  const flags = zip.readUInt16LE(entry + 8);
  const method = zip.readUInt16LE(entry + 10);
  const packed = zip.readUInt32LE(entry + 20);
  const size = zip.readUInt32LE(entry + 24);
  const local = zip.readUInt32LE(entry + 42);
  if ((flags & 1) !== 0) throw new Error('it is encrypted');
  if (size > limit) throw new Error(`its file is larger than ${limit} bytes`);
  if (at(zip, local) !== LOCAL || local + LOCAL_LENGTH > zip.length) throw new Error('its file is damaged');
  const start = local + LOCAL_LENGTH + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const bytes = zip.subarray(start, start + packed);
  if (bytes.length !== packed) throw new Error('its file is cut off');
  if (method === STORED && packed <= limit) return bytes;
  // What the directory says of the size is the archive's own word.
  if (method === DEFLATED) return inflateRawSync(bytes, { maxOutputLength: limit });
  throw new Error('its file is packed in a way that is not known');
}

/** The four bytes at an offset that the archive names, which may lie outside of it. */
function at(zip: Buffer, offset: number): number {
  return offset + 4 <= zip.length ? zip.readUInt32LE(offset) : 0;
}
